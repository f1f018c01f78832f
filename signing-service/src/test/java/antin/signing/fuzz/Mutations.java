package antin.signing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The same changed octets in every run. */
final class Mutations {

    /** Words that the formats know. */
    static final List<String> TOKENS = List.of("/ByteRange", "/Contents", "/Type /Sig", "/Kids [1 0 R]", "/Parent 1 0 R", "/Length -1", "/Length 99999999999", "/Prev 0", "startxref", "endobj",
        "stream\n", "/Filter [/FlateDecode /FlateDecode]", "/Rotate 45", "/MediaBox [0 0 0 0]", "/AcroForm", "/Encrypt", "<ds:Reference URI=\"\">", "<ds:Signature>", "URI=\"#a\"", "Id=\"a\"",
        "<!DOCTYPE a>", "&#0;", "<![CDATA[", "xmlns:a=\"\"", "\"crit\":[]", "\"b64\":false", "\"alg\":\"none\"", "\"signatures\":[]", "null", "1e999", "[[[[[[[[", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff",
        "0\u0080", "\u00a0\u0080", "PK\003\004", "PK\001\002", "PK\005\006", "mimetype", "META-INF/manifest.xml", "../");
    private static final int LONGEST_PIECE = 200;
    private static final int MOST_CHANGES = 4;

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] octets = seeds.get(random.nextInt(seeds.size()));
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            octets = changed(octets);
        }
        return octets;
    }

    private byte[] changed(byte[] octets) {
        int from = random.nextInt(octets.length + 1);
        int to = Math.min(octets.length, from + random.nextInt(LONGEST_PIECE));
        byte[] piece = Arrays.copyOfRange(octets, from, to);
        return switch (random.nextInt(6)) {
            case 0 -> flipped(octets);
            case 1 -> joined(octets, from, new byte[0], to);
            case 2 -> joined(octets, to, piece, to);
            case 3 -> joined(octets, from, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.ISO_8859_1), random.nextBoolean() ? from : to);
            case 4 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int at = random.nextInt(other.length + 1);
                yield joined(octets, from, Arrays.copyOfRange(other, at, Math.min(other.length, at + LONGEST_PIECE)), to);
            }
            default -> Arrays.copyOf(octets, from);
        };
    }

    private byte[] flipped(byte[] octets) {
        byte[] copy = octets.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return copy;
    }

    /** All before {@code from}, the piece, and all from {@code to}. */
    private static byte[] joined(byte[] octets, int from, byte[] piece, int to) {
        byte[] joined = Arrays.copyOf(octets, from + piece.length + octets.length - to);
        System.arraycopy(piece, 0, joined, from, piece.length);
        System.arraycopy(octets, to, joined, from + piece.length, octets.length - to);
        return joined;
    }
}
