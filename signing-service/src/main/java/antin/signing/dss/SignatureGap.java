package antin.signing.dss;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a prepared PDF waits for its signature: the empty gap that its last {@code /ByteRange} leaves out, and that is over all of the file else (ISO 32000-2, 12.8.1).
 *
 * @param begin where {@code <} stands
 * @param end   the first octet after {@code >}
 */
record SignatureGap(int begin, int end) {

    private static final byte[] KEY = "/ByteRange".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern RANGE = Pattern.compile("\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*]");
    private static final int LONGEST_RANGE = 80;

    /** Empty where there is no such gap, or any doubt. */
    static Optional<SignatureGap> find(ByteBuffer pdf) {
        for (int at = pdf.limit() - KEY.length; at >= 0; at--) {
            if (pdf.get(at) == KEY[0] && pdf.slice(at, KEY.length).equals(ByteBuffer.wrap(KEY))) {
                return find(pdf, at + KEY.length);
            }
        }
        return Optional.empty();
    }

    private static Optional<SignatureGap> find(ByteBuffer pdf, int after) {
        byte[] text = new byte[Math.min(LONGEST_RANGE, pdf.limit() - after)];
        pdf.get(after, text);
        Matcher range = RANGE.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!range.lookingAt()) {
            return Optional.empty();
        }
        long begin = Long.parseLong(range.group(2));
        long end = Long.parseLong(range.group(3));
        boolean whole = range.group(1).equals("0") && end + Long.parseLong(range.group(4)) == pdf.limit() && begin + 1 < end && end <= pdf.limit();
        if (!whole || pdf.get((int) begin) != '<' || pdf.get((int) end - 1) != '>') {
            return Optional.empty();
        }
        SignatureGap gap = new SignatureGap((int) begin, (int) end);
        return gap.isEmpty(pdf) ? Optional.of(gap) : Optional.empty();
    }

    private boolean isEmpty(ByteBuffer pdf) {
        for (int at = begin + 1; at < end - 1; at++) {
            if (pdf.get(at) != '0') {
                return false;
            }
        }
        return true;
    }

    /**
     * The digest of what is signed.
     *
     * @param digest of the octets before {@code from}
     */
    byte[] digest(ByteBuffer pdf, int from, MessageDigest digest) {
        digest.update(pdf.slice(from, begin - from));
        digest.update(pdf.slice(end, pdf.limit() - end));
        return digest.digest();
    }

    /** Writes the value as hexadecimal digits, zeros after it. @return false where it has no room */
    boolean fill(ByteBuffer pdf, byte[] value) {
        if (2L * value.length > end - begin - 2) {
            return false;
        }
        pdf.put(begin + 1, HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII));
        return true;
    }
}
