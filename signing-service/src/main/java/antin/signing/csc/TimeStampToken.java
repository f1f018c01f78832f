package antin.signing.csc;

import java.util.Arrays;

/** The token in a granted response (RFC 3161, 2.4.2): what comes after the status in the outer sequence. */
final class TimeStampToken {

    private static final int LONG_FORM = 0x80;

    private TimeStampToken() {
    }

    /** @param response in DER, of our own */
    static byte[] in(byte[] response) {
        int status = content(response, 0);
        return Arrays.copyOfRange(response, content(response, status) + length(response, status), response.length);
    }

    /** Where the content of the element at {@code at} begins. */
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int i = at + 2; i < content(der, at); i++) {
            length = length << Byte.SIZE | der[i] & 0xff;
        }
        return length;
    }
}
