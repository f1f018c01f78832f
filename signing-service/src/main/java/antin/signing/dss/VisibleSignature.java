package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Layout;
import eu.europa.esig.dss.enumerations.ImageScaling;
import eu.europa.esig.dss.enumerations.MimeTypeEnum;
import eu.europa.esig.dss.enumerations.SignerTextPosition;
import eu.europa.esig.dss.enumerations.TextWrapping;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.pades.DSSFileFont;
import eu.europa.esig.dss.pades.SignatureFieldParameters;
import eu.europa.esig.dss.pades.SignatureImageParameters;
import eu.europa.esig.dss.pades.SignatureImageTextParameters;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** A layout as DSS draws it: the text in Tinos (as wide as Times New Roman, with all Vietnamese letters), the picture as it was made anew from its pixels. */
final class VisibleSignature {

    private static final int MOST_PIXELS = 4_000_000;
    private static final float LINE = 1.2f;
    static final byte[] FONT = font();

    private VisibleSignature() {
    }

    static SignatureImageParameters of(Layout layout, PdfPlace place) {
        SignatureImageParameters parameters = new SignatureImageParameters();
        SignatureFieldParameters field = new SignatureFieldParameters();
        field.setPage(place.page());
        field.setOriginX(place.left());
        field.setOriginY(place.top());
        field.setWidth(place.width());
        field.setHeight(place.height());
        parameters.setFieldParameters(field);
        if (layout.picture() != null) {
            // ISO 19005-1, 6.4: nothing transparent in PDF/A-1
            parameters.setImage(new InMemoryDocument(picture(layout.picture(), place.archive() == 1), "picture.png", MimeTypeEnum.PNG));
            parameters.setImageScaling(ImageScaling.ZOOM_AND_CENTER);
        }
        if (layout.text() != null) {
            parameters.setTextParameters(text(layout, layout.text(), place));
        }
        return parameters;
    }

    private static SignatureImageTextParameters text(Layout layout, String words, PdfPlace place) {
        String text = Normalizer.normalize(words, Normalizer.Form.NFC);
        checkLetters(text, layout.size(), place.width());
        if (layout.size() * LINE * text.lines().count() > place.height()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The text of \"layout\" is higher than its place.");
        }
        DSSFileFont font = new DSSFileFont(new InMemoryDocument(FONT, "Tinos-Regular.ttf"));
        font.setSize(layout.size());
        font.setEmbedFontSubset(true);
        SignatureImageTextParameters parameters = new SignatureImageTextParameters();
        parameters.setFont(font);
        parameters.setText(text);
        parameters.setPadding(0);
        parameters.setTextWrapping(TextWrapping.FONT_BASED);
        parameters.setSignerTextPosition(SignerTextPosition.RIGHT);
        parameters.setTextColor(switch (layout.colour()) {
            case BLACK -> Color.BLACK;
            case BLUE -> new Color(0, 0, 180);
            case RED -> new Color(200, 0, 0);
        });
        return parameters;
    }

    /** Nothing of the file but its pixels comes into the document. */
    private static byte[] picture(byte[] untrustedPng, boolean opaque) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(untrustedPng))) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "The part \"picture\" has more than " + MOST_PIXELS / 1_000_000 + " million pixels.");
                }
                return drawn(reader.read(0), opaque);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem problem ? problem : new Problem(Kind.MALFORMED_REQUEST, "The part \"picture\" is not a PNG.", e);
        }
    }

    private static byte[] drawn(BufferedImage picture, boolean opaque) throws IOException {
        BufferedImage pixels = new BufferedImage(picture.getWidth(), picture.getHeight(), opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = pixels.createGraphics();
        if (opaque) {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, pixels.getWidth(), pixels.getHeight());
        }
        pen.drawImage(picture, 0, 0, null);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(pixels, "png", out);
        return out.toByteArray();
    }

    /** What the font lacks, or what would be cut off, is refused before anything is signed. */
    private static void checkLetters(String text, float size, float width) {
        try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(FONT))) {
            CmapLookup letters = font.getUnicodeCmapLookup();
            text.codePoints().filter(letter -> letter != '\n' && letters.getGlyphId(letter) == 0).findFirst().ifPresent(letter -> {
                throw new Problem(Kind.MALFORMED_REQUEST, "The text of \"layout\" has a letter that the font does not: U+" + Integer.toHexString(letter).toUpperCase(java.util.Locale.ROOT) + ".");
            });
            for (String line : text.lines().toList()) {
                long units = 0;
                for (int letter : line.codePoints().toArray()) {
                    units += font.getAdvanceWidth(letters.getGlyphId(letter));
                }
                if (units * size / font.getUnitsPerEm() > width) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "A line of the text of \"layout\" is wider than its place.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] font() {
        try (InputStream in = Objects.requireNonNull(VisibleSignature.class.getResourceAsStream("/antin/signing/fonts/Tinos-Regular.ttf"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
