package antin.signing.report;

import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.seal.SealDocument;
import antin.signing.seal.SealRequest;
import antin.signing.seal.Seals;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A report as PDF, under the service's own seal, so that who gets it on paper or by mail can tell that nobody wrote it but the service. The key is held to its rule, and its use told in the audit, as any other's. */
public final class PrintReport {

    /** Under which name the service asks for its own seal: the client of key rules and audit lines. */
    public static final String CLIENT = Seals.REPORTS;
    static final String NAME = "validation-report.pdf";
    private static final String REASON = "Báo cáo kiểm tra chữ ký số";

    private final Printer printer;
    private final SealDocument sealDocument;
    private final SignatureFormat pades;
    private final @Nullable String key;
    private final WorkFolder folder;

    /** @param key null where reports to print are not given out */
    public PrintReport(Printer printer, SealDocument sealDocument, SignatureFormat pades, @Nullable String key, WorkFolder folder) {
        this.printer = printer;
        this.sealDocument = sealDocument;
        this.pades = pades;
        this.key = key;
        this.folder = folder;
    }

    public boolean isReady() {
        return key != null;
    }

    /** @param from the address of whoever asked @throws antin.kernel.Problem as {@link SealDocument} does */
    public byte[] print(Sheet sheet, String from) {
        if (key == null) {
            throw new IllegalStateException("No key seals reports.");
        }
        Path file = folder.newFile();
        try {
            printer.print(sheet, file);
            Document document = new Document(file, NAME, Files.size(file), Digests.sha256(file));
            SignedDocument signed = sealDocument.seal(new SealRequest(CLIENT, from, key, pades, SignatureLevel.LT, Packaging.ENVELOPED, null, REASON, null, document, null,
                document.sha256())).document();
            try {
                return Files.readAllBytes(signed.file());
            } finally {
                WorkFolder.remove(signed.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            WorkFolder.remove(file);
        }
    }
}
