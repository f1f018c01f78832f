package antin.ca.status;

/**
 * Refuses what no honest request is, before a recursive reader sees it: indefinite lengths (X.690, 10.1: not DER), nesting
 * beyond any need, lengths that do not fit. Reads without recursion.
 */
final class StrictDer {

    private static final int DEEPEST = 16;
    private static final int CONSTRUCTED = 0x20;
    private static final int HIGH_TAG = 0x1f;

    private StrictDer() {
    }

    /** Whether {@code untrusted} is one element that fills it, and its constructed parts are whole elements. */
    static boolean isSound(byte[] untrusted) {
        int[] ends = new int[DEEPEST];
        int depth = 0;
        int at = 0;
        ends[0] = untrusted.length;
        int elements = 0;
        while (true) {
            while (at == ends[depth]) {
                if (depth == 0) {
                    return elements > 0;
                }
                depth--;
            }
            if (depth == 0 && elements > 0) {
                return false; // more than one element
            }
            elements++;
            if (ends[depth] - at < 2 || (untrusted[at] & HIGH_TAG) == HIGH_TAG) {
                return false;
            }
            boolean constructed = (untrusted[at] & CONSTRUCTED) != 0;
            int length = untrusted[at + 1] & 0xff;
            at += 2;
            if (length > 0x7f) {
                int octets = length - 0x80;
                if (octets < 1 || octets > 3 || ends[depth] - at < octets) {
                    return false;
                }
                length = 0;
                for (int i = 0; i < octets; i++) {
                    length = length << 8 | untrusted[at++] & 0xff;
                }
            }
            if (length > ends[depth] - at) {
                return false;
            }
            if (!constructed) {
                at += length;
            } else if (depth + 1 == DEEPEST) {
                return false;
            } else {
                depth++;
                ends[depth] = at + length;
            }
        }
    }
}
