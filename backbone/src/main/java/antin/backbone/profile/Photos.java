package antin.backbone.profile;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes a small JPEG of a photo that somebody sent, pixel by pixel anew: where it was taken, on what, and whatever else was in the file is not in it. One at a
 * time, since a picture of a few megabytes may unfold to hundreds.
 */
final class Photos {

    static final int LARGEST_FILE = 5 * 1024 * 1024;
    static final int LONGEST_SIDE = 512;
    static final int LARGEST_RESULT = 100 * 1024;
    private static final long MOST_PIXELS = 40_000_000;
    private static final Set<String> FORMATS = Set.of("JPEG", "png");
    /** A progressive JPEG is read once for each of its scans; honest ones have about ten. */
    private static final int MOST_SCANS = 50;
    private static final float[] QUALITIES = {0.85f, 0.7f, 0.5f, 0.3f};

    private final Semaphore one = new Semaphore(1);

    /** Throws {@link Refusal} on {@code photo} for what is no photo, or too large. */
    byte[] small(byte[] untrustedPhoto) {
        if (untrustedPhoto.length > LARGEST_FILE) {
            throw new Refusal("photo", Reason.TOO_LONG);
        }
        one.acquireUninterruptibly();
        try {
            return jpeg(upright(read(untrustedPhoto), Orientation.of(untrustedPhoto)));
        } catch (IOException | RuntimeException e) {
            throw e instanceof Refusal refusal ? refusal : new Refusal("photo", Reason.MALFORMED); // the decoders throw all kinds of things
        } finally {
            one.release();
        }
    }

    private static BufferedImage read(byte[] untrustedPhoto) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(untrustedPhoto))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            ImageReader reader = readers.hasNext() ? readers.next() : null;
            if (reader == null || !FORMATS.contains(reader.getFormatName())) {
                throw new Refusal("photo", Reason.MALFORMED);
            }
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS || reader.getFormatName().equals("JPEG") && scans(untrustedPhoto) > MOST_SCANS) {
                    throw new Refusal("photo", Reason.TOO_LONG);
                }
                int step = Math.max(1, Math.max(width, height) / (2 * LONGEST_SIDE));
                ImageReadParam coarsely = reader.getDefaultReadParam();
                coarsely.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, coarsely);
            } finally {
                reader.dispose();
            }
        }
    }

    /** In plain colours on white, no side longer than {@link #LONGEST_SIDE}, the right way up. */
    private static BufferedImage upright(BufferedImage image, Orientation orientation) {
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(orientation.swapsSides() ? height : width, orientation.swapsSides() ? width : height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = small.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, small.getWidth(), small.getHeight());
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        AffineTransform turn = orientation.transform(width, height);
        turn.scale((double) width / image.getWidth(), (double) height / image.getHeight());
        canvas.drawImage(image, turn, null);
        canvas.dispose();
        return small;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        for (float quality : QUALITIES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                ImageWriteParam param = writer.getDefaultWriteParam();
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, null), param);
            } finally {
                writer.dispose();
            }
            if (bytes.size() <= LARGEST_RESULT) {
                return bytes.toByteArray();
            }
        }
        throw new Refusal("photo", Reason.TOO_LONG);
    }

    /** ITU-T T.81, B.1.1.3: SOS. */
    private static int scans(byte[] bytes) {
        int scans = 0;
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xda) {
                scans++;
            }
        }
        return scans;
    }
}
