package antin.signing.pdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a signature is over (ISO 32000-2, 12.8.1): all octets before {@code end} but the gap that holds its own value.
 *
 * @param gap   where {@code <} stands
 * @param after the first octet after {@code >}
 * @param end   of the signed revision
 */
public record SignedRange(long gap, long after, long end) {

    private static final String KEY = "/Contents";
    private static final String END = "%%EOF";
    private static final int NEAR = 32;
    private static final byte[] DIGITS = new byte[256];

    static {
        for (int octet = 0; octet < DIGITS.length; octet++) {
            DIGITS[octet] = (byte) Character.digit(octet, 16);
        }
    }

    /** Empty where the four numbers cannot be over a whole revision. */
    public static Optional<SignedRange> of(List<BigInteger> byteRange) {
        if (byteRange.size() != 4 || byteRange.stream().anyMatch(number -> number.signum() < 0 || number.bitLength() > 40) || byteRange.getFirst().signum() != 0) {
            return Optional.empty();
        }
        long gap = byteRange.get(1).longValue();
        long after = byteRange.get(2).longValue();
        return after - gap < 2 ? Optional.empty() : Optional.of(new SignedRange(gap, after, after + byteRange.get(3).longValue()));
    }

    /** Whether the gap is the value of {@code /Contents} and nothing else, and the range ends where a revision does. */
    boolean isWhole(ByteBuffer pdf) {
        if (end > pdf.limit() || after > end || pdf.get((int) gap) != '<' || pdf.get((int) after - 1) != '>') {
            return false;
        }
        for (int at = (int) gap + 1; at < after - 1; at++) {
            if (DIGITS[pdf.get(at) & 0xff] < 0) {
                return false;
            }
        }
        return text(pdf, gap).stripTrailing().endsWith(KEY) && text(pdf, end).stripTrailing().endsWith(END);
    }

    /** What the gap holds; zeros fill it up. @throws IllegalArgumentException where that is not octets in hexadecimal */
    public byte[] value(ByteBuffer pdf) {
        byte[] octets = new byte[(int) (after - gap) / 2 - 1];
        int every = (after - gap) % 2 == 0 ? 0 : -1;
        for (int i = 0; i < octets.length; i++) {
            int at = (int) gap + 1 + 2 * i;
            int octet = DIGITS[pdf.get(at) & 0xff] << 4 | DIGITS[pdf.get(at + 1) & 0xff];
            octets[i] = (byte) octet;
            every |= octet;
        }
        if (every < 0) {
            throw new IllegalArgumentException("Not octets in hexadecimal");
        }
        return octets;
    }

    private static String text(ByteBuffer pdf, long end) {
        byte[] octets = new byte[(int) Math.min(NEAR, end)];
        pdf.get((int) end - octets.length, octets);
        return new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
