package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** The hash functions of the Web eID protocol, in its order. */
public enum HashFunction {
    SHA_224("SHA-224", 28, 4, PKCS11Constants.CKM_SHA224, PKCS11Constants.CKG_MGF1_SHA224),
    SHA_256("SHA-256", 32, 1, PKCS11Constants.CKM_SHA256, PKCS11Constants.CKG_MGF1_SHA256),
    SHA_384("SHA-384", 48, 2, PKCS11Constants.CKM_SHA384, PKCS11Constants.CKG_MGF1_SHA384),
    SHA_512("SHA-512", 64, 3, PKCS11Constants.CKM_SHA512, PKCS11Constants.CKG_MGF1_SHA512),
    SHA3_224("SHA3-224", 28, 7, PKCS11Constants.CKM_SHA3_224, PKCS11Constants.CKG_MGF1_SHA3_224),
    SHA3_256("SHA3-256", 32, 8, PKCS11Constants.CKM_SHA3_256, PKCS11Constants.CKG_MGF1_SHA3_256),
    SHA3_384("SHA3-384", 48, 9, PKCS11Constants.CKM_SHA3_384, PKCS11Constants.CKG_MGF1_SHA3_384),
    SHA3_512("SHA3-512", 64, 10, PKCS11Constants.CKM_SHA3_512, PKCS11Constants.CKG_MGF1_SHA3_512);

    private static final int OID_END = 14;
    private static final int SEQUENCE_LENGTH = 1;
    private static final int OCTETS_LENGTH = 18;

    private final String word;
    private final int bytes;
    private final int arc;
    private final long mechanism;
    private final long mask;

    HashFunction(String word, int bytes, int arc, long mechanism, long mask) {
        this.word = word;
        this.bytes = bytes;
        this.arc = arc;
        this.mechanism = mechanism;
        this.mask = mask;
    }

    /** The one that the protocol, and Java, call {@code word}. */
    public static HashFunction of(String word) {
        return Arrays.stream(values()).filter(function -> function.word.equals(word)).findFirst().orElseThrow(() -> new Refused(Reason.INVALID_ARGUMENT));
    }

    public String word() {
        return word;
    }

    /** Octets of a digest. */
    public int bytes() {
        return bytes;
    }

    public byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(word);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks " + word, e);
        }
    }

    long mechanism() {
        return mechanism;
    }

    long mask() {
        return mask;
    }

    /** What PKCS#1 v1.5 pads (RFC 8017, 9.2, step 2): a DigestInfo. The functions' identifiers differ only in their last arc, 2.16.840.1.101.3.4.2.N. */
    byte[] digestInfo(byte[] digest) {
        byte[] info = {0x30, 0, 0x30, 0x0d, 0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0, 0x05, 0x00, 0x04, 0};
        info[SEQUENCE_LENGTH] = (byte) (info.length - 2 + bytes);
        info[OID_END] = (byte) arc;
        info[OCTETS_LENGTH] = (byte) bytes;
        byte[] whole = Arrays.copyOf(info, info.length + bytes);
        System.arraycopy(digest, 0, whole, info.length, bytes);
        return whole;
    }
}
