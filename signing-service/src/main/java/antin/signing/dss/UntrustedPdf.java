package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * What a PDF is held to before PDFBox reads it: it begins as one, and the streams that a reader must unpack whole (of objects and of
 * cross-references, ISO 32000-2, 7.5.7 and 7.5.8) stay of a bearable size, and so does the tree that all its objects make.
 */
final class UntrustedPdf {

    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private UntrustedPdf() {
    }

    static boolean begins(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Readers forgive octets before the header; we do not, since two readers may then see two documents.
     *
     * @return whether any revision may be encrypted
     */
    static boolean check(Document document) {
        try {
            return check(document, FileOctets.of(document.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, of a document whose octets were read. */
    static boolean check(Document document, ByteBuffer pdf) {
        try {
            if (pdf.limit() < HEADER.length || !pdf.slice(0, HEADER.length).equals(ByteBuffer.wrap(HEADER))) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is not a PDF: it does not begin with %PDF-.");
            }
            boolean encrypted = new PdfScan(pdf).check();
            if (encrypted) {
                checkEncrypted(document);
            }
            return encrypted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether any revision may be encrypted: the name stands somewhere. */
    static boolean isEncrypted(Document document) {
        try {
            return PdfScan.namesEncryption(FileOctets.of(document.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PDFBox decrypts a stream in memory. */
    private static void checkEncrypted(Document document) throws IOException {
        if (document.size() > InMemory.LARGEST) {
            throw new Problem(Kind.TOO_LARGE, "An encrypted PDF is taken up to " + (InMemory.LARGEST >> 20) + " MB.");
        }
        try (RandomAccessRead pdf = new RandomAccessReadBufferedFile(document.file())) {
            EncryptedPdf.check(pdf, document.password() == null ? "" : document.password().secret());
        }
    }
}
