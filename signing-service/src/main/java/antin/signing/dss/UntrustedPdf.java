package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/** What a file begins with. Readers forgive bytes before the header (ISO 32000-2, 7.5.2); we do not, since two readers may then see two documents. */
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

    static void check(Document document) {
        if (!begins(document)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is not a PDF: it does not begin with %PDF-.");
        }
    }
}
