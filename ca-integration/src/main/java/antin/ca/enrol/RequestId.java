package antin.ca.enrol;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Names a wish for a certificate by its key, so that asking again for the same key is the same wish. */
public final class RequestId {

    private static final int OCTETS = 16;

    private RequestId() {
    }

    /** {@code prefix}, a dash, and half of the SHA-256 value of the key in {@code untrustedPkcs10}; 64 characters at most. */
    public static String of(String prefix, byte[] untrustedPkcs10) {
        try {
            return of(new PKCS10CertificationRequest(untrustedPkcs10).getSubjectPublicKeyInfo().getEncoded(), prefix);
        } catch (IOException | RuntimeException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The request for a certificate is no PKCS#10 in DER.", e);
        }
    }

    /** The same, by the key in a certificate. */
    public static String ofKey(String prefix, PublicKey key) {
        return of(key.getEncoded(), prefix);
    }

    private static String of(byte[] key, String prefix) {
        try {
            String id = prefix + '-' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key), 0, OCTETS);
            if (id.length() > 64) {
                throw new IllegalArgumentException("Too long: " + prefix);
            }
            return id;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
