package antin.keys;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyTransport;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes the padding off what RSA decrypted, without a branch that depends on it: no answer and no time tells whether it was right (RFC 8017, 7.1.2 and 7.2.2; RFC 3218, 2.3; implicit
 * rejection as in draft-irtf-cfrg-rsa-guidance). The wanted length is known, so only a message of that length is one.
 */
public final class RsaPadding {

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST = 64; // HMAC-SHA512

    /** One a process: the same key on two devices answers alike. */
    private static final byte[] SECRET = secret();

    private RsaPadding() {
    }

    /** The last {@code length} octets of {@code block} where its padding is right, else others that only {@code encrypted} and the secret decide. */
    public static byte[] remove(KeyTransport transport, byte[] block, byte[] encrypted, int length) {
        byte[] substitute = substitute(encrypted, length);
        byte[] padded = block.clone();
        int wrong = transport.isOaep() ? oaep(transport, padded, length) : pkcs1(padded, length);
        return select(wrong, Arrays.copyOfRange(padded, padded.length - length, padded.length), substitute);
    }

    /** What comes back where a device found the padding wrong by itself. */
    public static byte[] substitute(byte[] encrypted, int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("A key of " + length + " octets");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA512"));
            return Arrays.copyOf(mac.doFinal(encrypted), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks HMAC", e);
        }
    }

    private static byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** RFC 8017, 7.2.2: 00 02, at least eight octets that are not 00, 00, the message. Not 0 where it is anything else. */
    private static int pkcs1(byte[] block, int length) {
        int end = block.length - length - 1;
        if (end < 10) {
            return 1; // by lengths alone, which everybody knows
        }
        int wrong = block[0] | block[1] ^ 2 | block[end];
        for (int i = 2; i < end; i++) {
            wrong |= isZero(block[i]);
        }
        return wrong;
    }

    /** RFC 8017, 7.1.2, step 3; unmasks the message in place. */
    private static int oaep(KeyTransport transport, byte[] block, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance(transport.digest());
            int size = digest.getDigestLength();
            int start = 1 + 2 * size;
            int end = block.length - length - 1;
            if (end < start) {
                return 1;
            }
            mask(block, 1, size, Arrays.copyOfRange(block, 1 + size, block.length), transport.maskDigest());
            mask(block, 1 + size, block.length - 1 - size, Arrays.copyOfRange(block, 1, 1 + size), transport.maskDigest());
            byte[] label = digest.digest();
            int wrong = block[0] | block[end] ^ 1;
            for (int i = 0; i < size; i++) {
                wrong |= block[1 + size + i] ^ label[i];
            }
            for (int i = start; i < end; i++) {
                wrong |= block[i];
            }
            return wrong;
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "A digest that OAEP is used with is not known here.", e);
        }
    }

    /** RFC 8017, B.2.1: MGF1, laid over {@code length} octets from {@code start}. */
    private static void mask(byte[] block, int start, int length, byte[] seed, String name) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(name);
        int size = digest.getDigestLength();
        for (int i = 0; i * size < length; i++) {
            digest.update(seed);
            byte[] part = digest.digest(new byte[] {(byte) (i >>> 24), (byte) (i >>> 16), (byte) (i >>> 8), (byte) i});
            for (int j = 0; j < Math.min(size, length - i * size); j++) {
                block[start + i * size + j] ^= part[j];
            }
        }
    }

    /** 1 for 0, and 0 for any other octet. */
    private static int isZero(byte octet) {
        return (octet & 0xff) - 1 >>> 31;
    }

    private static byte[] select(int wrong, byte[] right, byte[] other) {
        int bits = wrong & 0xff;
        int mask = (bits | -bits) >> 31; // all ones where anything was wrong
        byte[] chosen = new byte[right.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = (byte) (right[i] & ~mask | other[i] & mask);
        }
        return chosen;
    }
}
