package antin.signing.fuzz;

import antin.signing.TestDocuments;
import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** The picture of a signature that is seen. */
public final class PreparePicture {

    private static final int SIDE = 8;

    private PreparePicture() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(PreparePicture::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Particulars seen = new Particulars(null, null, new Layout(new Place(1, 20, 20, 60, 30), null, 10, Colour.RED, data), null);
        Contract.hold(() -> City.once().prepare("PAdES", Packaging.ENVELOPED, TestDocuments.emptyPdf(), seen));
    }

    static List<byte[]> seeds() {
        return List.of(png(BufferedImage.TYPE_INT_ARGB), png(BufferedImage.TYPE_BYTE_INDEXED), png(BufferedImage.TYPE_BYTE_GRAY));
    }

    private static byte[] png(int type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(SIDE, SIDE, type), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
