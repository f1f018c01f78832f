package antin.signing.dss;

import eu.europa.esig.dss.enumerations.MimeTypeEnum;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.DSSMessageDigest;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.pades.PAdESCommonParameters;
import eu.europa.esig.dss.pdf.PDFServiceMode;
import eu.europa.esig.dss.pdf.PdfDocumentReader;
import eu.europa.esig.dss.pades.validation.PdfValidationDataContainer;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxDocumentReader;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxSignatureService;
import eu.europa.esig.dss.pdf.pdfbox.visible.nativedrawer.PdfBoxNativeSignatureDrawerFactory;
import eu.europa.esig.dss.spi.DSSUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Puts the value into its {@link SignatureGap}, where DSS looks for that octet by octet, and lets PDFBox write only what is added. Any doubt goes DSS's way; the finished document is looked at in either case.
 */
final class PdfValueInPlace extends PdfBoxSignatureService {

    private final transient PdfObjects objects;
    private transient @Nullable InMemoryDocument before;

    PdfValueInPlace(PDFServiceMode mode, PdfObjects objects) {
        super(mode, new PdfBoxNativeSignatureDrawerFactory());
        this.objects = objects;
    }

    /** DSS reads revisions into memory; PDFBox reads from a file what it needs. */
    @Override
    protected PdfDocumentReader loadPdfDocumentReader(DSSDocument document, char @Nullable [] password) throws IOException {
        if (objects.isEncrypted()) {
            try (InputStream in = document.openStream(); RandomAccessRead pdf = new RandomAccessReadBuffer(in)) {
                EncryptedPdf.check(pdf, password == null ? "" : new String(password));
            }
        }
        WorkResources revisions = objects.revisions();
        if (revisions == null || document instanceof FileDocument || document instanceof InMemoryDocument) {
            return checked(super.loadPdfDocumentReader(document, password));
        }
        Path file = revisions.newFile();
        try (OutputStream out = Files.newOutputStream(file)) {
            document.writeTo(out);
        }
        return checked(super.loadPdfDocumentReader(new FileDocument(file.toFile()), password));
    }

    private static PdfDocumentReader checked(PdfDocumentReader reader) throws IOException {
        try {
            SecurityStore.check(((PdfBoxDocumentReader) reader).getPDDocument());
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    protected DSSMessageDigest computeDigest(DSSDocument document, PAdESCommonParameters parameters) {
        if (document instanceof InMemoryDocument memory && !objects.isEncrypted()) {
            adding(memory, () -> super.computeDigest(document, parameters));
            byte[] prepared = join(memory, parameters.getPdfSignatureCache().getToBeSignedDocument());
            Optional<SignatureGap> gap = SignatureGap.find(ByteBuffer.wrap(prepared)).filter(one -> one.begin() > memory.getBytes().length);
            if (gap.isPresent()) {
                parameters.getPdfSignatureCache().setToBeSignedDocument(new InMemoryDocument(prepared));
                MessageDigest digest = DSSUtils.getMessageDigest(parameters.getDigestAlgorithm());
                digest.update(memory.getBytes());
                objects.keep(digest);
                return new DSSMessageDigest(parameters.getDigestAlgorithm(), gap.get().digest(ByteBuffer.wrap(prepared), memory.getBytes().length, digest));
            }
        }
        return super.computeDigest(document, parameters);
    }

    @Override
    public DSSDocument addDssDictionary(DSSDocument document, PdfValidationDataContainer data, char @Nullable [] password, boolean byName) {
        if (!(document instanceof InMemoryDocument memory) || objects.isEncrypted()) {
            return super.addDssDictionary(document, data, password, byName);
        }
        DSSDocument increment = adding(memory, () -> super.addDssDictionary(document, data, password, byName));
        return new InMemoryDocument(join(memory, increment), increment.getName(), increment.getMimeType());
    }

    /** DSS's work on a document of which only what comes after it is written. */
    private <T> T adding(InMemoryDocument document, Supplier<T> work) {
        before = document;
        try {
            return work.get();
        } finally {
            before = null;
        }
    }

    @Override
    public void saveDocumentIncrementally(PDDocument pdf, OutputStream out) {
        if (before == null) {
            super.saveDocumentIncrementally(pdf, out);
            return;
        }
        try {
            PdfIncrement.write(pdf, before.getBytes().length, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(InMemoryDocument document, DSSDocument increment) {
        byte[] added = increment instanceof InMemoryDocument memory ? memory.getBytes() : DSSUtils.toByteArray(increment);
        byte[] whole = Arrays.copyOf(document.getBytes(), Math.addExact(document.getBytes().length, added.length));
        System.arraycopy(added, 0, whole, document.getBytes().length, added.length);
        return whole;
    }

    @Override
    public DSSDocument sign(DSSDocument document, byte[] cms, PAdESCommonParameters parameters) {
        DSSDocument prepared = parameters.getPdfSignatureCache().getToBeSignedDocument();
        if (prepared instanceof InMemoryDocument memory && fill(ByteBuffer.wrap(memory.getBytes()), cms)) {
            parameters.reinit();
            return new InMemoryDocument(memory.getBytes(), document.getName(), MimeTypeEnum.PDF);
        }
        if (prepared instanceof FileDocument file && fill(file, cms)) {
            parameters.reinit();
            return file;
        }
        return super.sign(document, cms, parameters);
    }

    /** The file is DSS's own, made for this signature in the work folder. */
    private static boolean fill(FileDocument file, byte[] cms) {
        try (FileChannel channel = FileChannel.open(file.getFile().toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return fill(channel.map(MapMode.READ_WRITE, 0, channel.size()), cms);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean fill(ByteBuffer pdf, byte[] cms) {
        return SignatureGap.find(pdf).filter(gap -> gap.fill(pdf, cms)).isPresent();
    }
}
