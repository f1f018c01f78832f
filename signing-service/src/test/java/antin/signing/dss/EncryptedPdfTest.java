package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Password;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pdf.PDFServiceMode;
import eu.europa.esig.dss.pdf.PdfDocumentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PDFs are encrypted by qpdf, their objects packed by it. */
class EncryptedPdfTest {

    private static final int FEW = 2_000;
    private static final int MANY = 400_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"40", "128", "128 --use-aes=y", "256"})
    void refusesWhatUnpacksToTooManyObjects(String strength) throws Exception {
        UntrustedPdf.check(encrypted(strength, "", FEW));
        assertThatThrownBy(() -> UntrustedPdf.check(encrypted(strength, "", MANY))).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_DOCUMENT))
            .hasMessageContaining("more objects");
    }

    @Test
    void refusesItInADamagedFileToo() throws Exception {
        assertThatThrownBy(() -> UntrustedPdf.check(damaged(encrypted("256", "", MANY)))).hasMessageContaining("more objects");
    }

    /** Each revision has a trailer of its own, and so its own encryption: DSS reads each by itself. */
    @Test
    void refusesItWhereDssReadsARevision() throws Exception {
        Document heavy = encrypted("256", "", MANY);
        assertThatThrownBy(() -> reader(heavy)).hasMessageContaining("more objects");
        try (PdfDocumentReader reader = reader(encrypted("256", "", FEW))) {
            assertThat(reader.getNumberOfPages()).isOne();
        }
    }

    private PdfDocumentReader reader(Document document) throws IOException {
        return new PdfValueInPlace(PDFServiceMode.SIGNATURE, new PdfObjects(document, WorkFolder.open(folder.resolve("work")))).loadPdfDocumentReader(new FileDocument(document.file().toFile()), null);
    }

    @Test
    void wantsThePassword() throws Exception {
        Document locked = encrypted("256", "mật khẩu", FEW);
        assertThatThrownBy(() -> UntrustedPdf.check(locked)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.DOCUMENT_LOCKED));
        UntrustedPdf.check(locked.openedBy(new Password("mật khẩu")));
    }

    @Test
    void seesThatADocumentIsEncryptedHoweverItIsWritten() throws IOException {
        assertThat(UntrustedPdf.isEncrypted(file("%PDF-1.7 trailer <</Root 1 0 R/#45n#63rypt 5 0 R>>"))).isTrue();
        assertThat(UntrustedPdf.isEncrypted(file("%PDF-1.7 trailer <</Root 1 0 R/Encrypt"))).isTrue();
        assertThat(UntrustedPdf.isEncrypted(file("%PDF-1.7 trailer <</Root 1 0 R/Enc#7"))).isFalse();
        int block = 4 << 20;
        for (int before = block - 12; before < block + 2; before++) {
            String head = "%PDF-1.7 " + " ".repeat(before - 9);
            assertThat(UntrustedPdf.isEncrypted(file(head + "/E#6ecrypt 5 0 R"))).as("at " + before).isTrue();
        }
    }

    private Document encrypted(String strength, String password, int entries) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Extra 4 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
            + "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n4 0 obj\n<<");
        for (int i = 0; i < entries; i++) {
            body.append("/K").append(i).append(" 1");
        }
        Path plain = file(body.append(">>\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n").toString()).file();
        Path result = folder.resolve("encrypted.pdf");
        List<String> command = new ArrayList<>(List.of("qpdf", "--warning-exit-0", "--allow-weak-crypto", "--object-streams=generate", "--encrypt", password, "o"));
        command.addAll(List.of(strength.split(" ")));
        command.addAll(List.of("--", plain.toString(), result.toString()));
        Process qpdf = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(qpdf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(qpdf.waitFor()).as(said).isZero();
        return new Document(result, "encrypted.pdf", Files.size(result), "");
    }

    /** Without the place of its cross-references, so that a reader looks for them. */
    private Document damaged(Document document) throws IOException {
        String text = new String(Files.readAllBytes(document.file()), StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.replaceAll("startxref\\s+\\d+", "startxref\n99").getBytes(StandardCharsets.ISO_8859_1));
        Files.write(document.file(), out.toByteArray());
        return new Document(document.file(), document.name(), out.size(), "");
    }

    private Document file(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Document(Files.write(folder.resolve("plain.pdf"), octets), "plain.pdf", octets.length, "");
    }
}
