package antin.signing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Documents as systems send them. */
public final class TestDocuments {

    private static final int PER_PAGE = 50_000;
    private static final int SIDE = 260;

    private TestDocuments() {
    }

    /** A PDF of about {@code octets}, one page for each 50 kB. */
    public static byte[] pdf(int octets) {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Random random = new Random(7);
            for (int left = octets; left > 0; left -= PER_PAGE) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText("Quyet dinh");
                    content.endText();
                }
                byte[] ballast = new byte[Math.min(left, PER_PAGE)];
                random.nextBytes(ballast);
                PDStream stream = new PDStream(document, new java.io.ByteArrayInputStream(ballast));
                page.getResources().getCOSObject().setItem("Ballast", stream);
            }
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One small page with nothing on it, in some hundred octets. */
    public static byte[] emptyPdf() {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.addPage(new PDPage(new PDRectangle(SIDE, SIDE)));
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String xml() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quyetDinh so=\"12/QĐ\"><noiDung>Bổ nhiệm ông Nguyễn Văn A</noiDung></quyetDinh>\n";
    }
}
