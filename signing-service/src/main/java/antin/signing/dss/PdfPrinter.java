package antin.signing.dss;

import antin.signing.dss.SheetLayout.Piece;
import antin.signing.report.Printer;
import antin.signing.report.Sheet;
import antin.signing.report.Sheet.Mark;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** Sheets as PDF/A-2b (ISO 19005-2), written in Tinos, which has all Vietnamese letters. Nothing in the file but its text depends on when or where it is made. */
public final class PdfPrinter implements Printer {

    private static final Color INK = new Color(0x1c2329);
    private static final Color SOFT = new Color(0x515c66);
    private static final float KAPPA = .5523f; // of a circle by four curves
    private static final String METADATA = """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title></rdf:Description>
        </rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>""";

    @Override
    public void print(Sheet sheet, Path file) {
        try (PDDocument document = new PDDocument(); TrueTypeFont shapes = new TTFParser().parse(new RandomAccessReadBuffer(VisibleSignature.FONT)); OutputStream out = Files.newOutputStream(file)) {
            PDFont font = PDType0Font.load(document, new ByteArrayInputStream(VisibleSignature.FONT), true);
            PdfLetters letters = new PdfLetters(shapes);
            for (List<Piece> pieces : SheetLayout.pages(sheet, letters)) {
                draw(document, font, pieces);
            }
            describe(document, letters.known(sheet.title().vi()));
            document.setDocumentId(1L); // the same for the same sheet
            document.save(out, CompressParameters.NO_COMPRESSION); // as the oldest readers want it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void draw(PDDocument document, PDFont font, List<Piece> pieces) throws IOException {
        PDPage page = new PDPage(new PDRectangle(SheetLayout.WIDTH, SheetLayout.HEIGHT));
        document.addPage(page);
        try (PDPageContentStream pen = new PDPageContentStream(document, page)) {
            for (Piece piece : pieces) {
                float y = SheetLayout.HEIGHT - piece.y();
                if (piece.mark() != null) {
                    mark(pen, piece.mark(), piece.x(), y, piece.style().size);
                } else if (!piece.text().isEmpty()) {
                    write(pen, font, piece, y);
                }
            }
        }
    }

    private static void write(PDPageContentStream pen, PDFont font, Piece piece, float y) throws IOException {
        Color colour = piece.style().soft ? SOFT : INK;
        pen.setNonStrokingColor(colour);
        pen.setStrokingColor(colour);
        pen.setLineWidth(piece.style().size / 32);
        pen.beginText();
        pen.setRenderingMode(piece.style().heavy ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        pen.setFont(font, piece.style().size);
        pen.newLineAtOffset(piece.x(), y);
        pen.showText(piece.text());
        pen.endText();
    }

    /** A circle with a tick, a cross, or an exclamation mark, about twice as high as the text beside it. */
    private static void mark(PDPageContentStream pen, Mark mark, float x, float y, float size) throws IOException {
        float r = size * .8f;
        float mx = x + r;
        pen.setStrokingColor(switch (mark) {
            case GOOD -> new Color(0x1c6338);
            case BAD -> new Color(0xa3232f);
            case OPEN -> new Color(0x7a5a00);
        });
        pen.setLineWidth(size / 7);
        pen.setLineCapStyle(1);
        circle(pen, mx, y, r);
        float a = r * .42f;
        switch (mark) {
            case GOOD -> line(pen, mx - a, y, mx - a / 4, y - a * .8f, mx + a * 1.1f, y + a * .8f);
            case BAD -> {
                line(pen, mx - a, y - a, mx + a, y + a);
                line(pen, mx - a, y + a, mx + a, y - a);
            }
            case OPEN -> {
                line(pen, mx, y + a * 1.3f, mx, y - a * .2f);
                line(pen, mx, y - a * 1.2f, mx, y - a * 1.21f);
            }
        }
    }

    private static void circle(PDPageContentStream pen, float x, float y, float r) throws IOException {
        float k = r * KAPPA;
        pen.moveTo(x + r, y);
        pen.curveTo(x + r, y + k, x + k, y + r, x, y + r);
        pen.curveTo(x - k, y + r, x - r, y + k, x - r, y);
        pen.curveTo(x - r, y - k, x - k, y - r, x, y - r);
        pen.curveTo(x + k, y - r, x + r, y - k, x + r, y);
        pen.closeAndStroke();
    }

    private static void line(PDPageContentStream pen, float... points) throws IOException {
        pen.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            pen.lineTo(points[i], points[i + 1]);
        }
        pen.stroke();
    }

    /** ISO 19005-2, 6.2.3 and 6.6: which colours these are, and that this is PDF/A. */
    private static void describe(PDDocument document, String title) throws IOException {
        PDMetadata metadata = new PDMetadata(document, new ByteArrayInputStream(METADATA.formatted(title).getBytes(StandardCharsets.UTF_8)));
        document.getDocumentCatalog().setMetadata(metadata);
        document.getDocumentCatalog().setLanguage("vi-VN");
        PDOutputIntent colours = new PDOutputIntent(document, new ByteArrayInputStream(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()));
        colours.setInfo("sRGB IEC61966-2.1");
        colours.setOutputCondition("sRGB IEC61966-2.1");
        colours.setOutputConditionIdentifier("sRGB IEC61966-2.1");
        colours.setRegistryName("http://www.color.org");
        document.getDocumentCatalog().addOutputIntent(colours);
    }
}
