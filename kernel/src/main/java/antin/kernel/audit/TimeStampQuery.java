package antin.kernel.audit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** The few octets of RFC 3161 that asking for a time stamp needs: the request, and whether the answer grants it. */
final class TimeStampQuery {

    private static final byte[] SHA_256 = {0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
    private static final byte[] NULL = {0x05, 0x00};
    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int GRANTED = 0;

    private final byte[] sha256;
    private final byte[] nonce;

    TimeStampQuery(byte[] sha256, BigInteger nonce) {
        this.sha256 = sha256.clone();
        this.nonce = element(INTEGER, nonce.toByteArray());
    }

    /** RFC 3161, 2.4.1: version 1, the imprint, a nonce, and the wish for the certificates. */
    byte[] der() {
        byte[] imprint = element(SEQUENCE, join(element(SEQUENCE, join(SHA_256, NULL)), element(OCTETS, sha256)));
        return element(SEQUENCE, join(element(INTEGER, new byte[] {1}), imprint, nonce, TRUE));
    }

    /**
     * RFC 3161, 2.4.2: a sequence of the status, which begins with a number, and the token. Imprint and nonce must occur in it;
     * who signed it is the verifier's part.
     */
    boolean isGrantedBy(byte[] response) {
        int status = content(response, 0, SEQUENCE, response.length);
        int number = status < 0 ? -1 : content(response, status, SEQUENCE, response.length);
        int value = number < 0 ? -1 : content(response, number, INTEGER, response.length);
        return value > 0 && value == number + 2 && value < response.length && response[number + 1] == 1 && response[value] == GRANTED
            && end(response, 0) == response.length && contains(response, element(OCTETS, sha256)) && contains(response, nonce);
    }

    /** Where the content of the element at {@code at} begins; -1 where there is no such element that ends within {@code limit}. */
    private static int content(byte[] der, int at, int tag, int limit) {
        if (at + 2 > limit || (der[at] & 0xff) != tag || end(der, at) > limit || end(der, at) < 0) {
            return -1;
        }
        int first = der[at + 1] & 0xff;
        return at + 2 + (first > 0x80 ? first - 0x80 : 0);
    }

    /** X.690, 8.1.3, with at most three octets of length; -1 for others. */
    private static int end(byte[] der, int at) {
        int first = at + 1 < der.length ? der[at + 1] & 0xff : 0x80;
        int octets = first > 0x80 ? first - 0x80 : 0;
        if (first == 0x80 || octets > 3 || at + 2 + octets > der.length) {
            return -1;
        }
        int length = first < 0x80 ? first : 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return at + 2 + octets + length;
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Contents here are shorter than 128 octets. */
    private static byte[] element(int tag, byte[] content) {
        return join(new byte[] {(byte) tag, (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
