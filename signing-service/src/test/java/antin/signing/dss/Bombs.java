package antin.signing.dss;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Small files that unpack to very much, or hold very much. */
final class Bombs {

    private static final int PIECE = 1 << 20;

    private Bombs() {
    }

    /** DEFLATE (RFC 1951) of so many zeros: after each full flush the same octets can stand again. */
    static byte[] deflated(long zeros) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[PIECE]);
        byte[] piece = new byte[16 * 1024];
        int length = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long i = 0; i < zeros / PIECE; i++) {
            out.write(piece, 0, length);
        }
        deflater.finish();
        length = deflater.deflate(piece);
        out.write(piece, 0, length);
        deflater.end();
        return out.toByteArray();
    }

    /** The same with the header of zlib (RFC 1950), as PDF has it; its check value is wrong, far behind. */
    static byte[] zlib(long zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x78);
        out.write(0xda);
        out.writeBytes(deflated(zeros));
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }

    static RawPdf stream(RawPdf pdf, int number, String entries, long zeros) {
        return pdf.stream(number, entries + "/Filter/FlateDecode", new String(zlib(zeros), StandardCharsets.ISO_8859_1));
    }

    /** ASiC-S (ETSI EN 319 162-1) whose content says that it has a thousand octets. */
    static byte[] container(long zeros) {
        byte[] mimetype = "application/vnd.etsi.asic-s+zip".getBytes(StandardCharsets.US_ASCII);
        byte[] packed = deflated(zeros);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entry(out, "mimetype", 0, mimetype, mimetype.length);
        int second = out.size();
        entry(out, "a.txt", 8, packed, 1_000);
        int directory = out.size();
        central(out, "mimetype", 0, mimetype.length, mimetype.length, 0);
        central(out, "a.txt", 8, packed.length, 1_000, second);
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0x06054b50).putInt(0).putShort((short) 2).putShort((short) 2).putInt(out.size() - directory).putInt(directory);
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    /** PKWARE APPNOTE, 4.3.7. */
    private static void entry(ByteArrayOutputStream out, String name, int method, byte[] data, int size) {
        ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0x04034b50).putShort((short) 20).putShort((short) 0).putShort((short) method).putInt(0).putInt(crc(method, data)).putInt(data.length).putInt(size).putShort((short) name.length());
        out.writeBytes(head.array());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
    }

    /** PKWARE APPNOTE, 4.3.12. */
    private static void central(ByteArrayOutputStream out, String name, int method, int packed, int size, int offset) {
        ByteBuffer head = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0x02014b50).putShort((short) 20).putShort((short) 20).putShort((short) 0).putShort((short) method).putInt(0).putInt(0).putInt(packed).putInt(size).putShort((short) name.length());
        head.putInt(42, offset);
        out.writeBytes(head.array());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static int crc(int method, byte[] data) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(data);
        return method == 0 ? (int) crc.getValue() : 0;
    }

    /** {@code depth} times the beginning, then as often the end. */
    static byte[] nested(String before, String begin, String middle, String end, String after, int depth) {
        return (before + begin.repeat(depth) + middle + end.repeat(depth) + after).getBytes(StandardCharsets.UTF_8);
    }

    /** CMS of constructed elements of indefinite length (X.690, 8.1.3.6), one in the other. */
    static byte[] cms(int depth) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            for (int i = 0; i < depth; i++) {
                out.write(new byte[] {0x30, (byte) 0x80});
            }
            out.write(new byte[2 * depth]);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
