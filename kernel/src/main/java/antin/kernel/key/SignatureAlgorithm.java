package antin.kernel.key;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a signature is made: padding or curve arithmetic, and the digest, never one without the other. RSA-PSS has the salt as
 * long as the digest and MGF1 with the same digest (RFC 8017, 9.1; RFC 4055, 3.1).
 */
public enum SignatureAlgorithm {
    RSA_PSS_SHA256("RSASSA-PSS", "RSA", "SHA-256", 32),
    RSA_PSS_SHA384("RSASSA-PSS", "RSA", "SHA-384", 48),
    RSA_PSS_SHA512("RSASSA-PSS", "RSA", "SHA-512", 64),
    RSA_SHA256("SHA256withRSA", "RSA", "SHA-256", 0),
    RSA_SHA384("SHA384withRSA", "RSA", "SHA-384", 0),
    RSA_SHA512("SHA512withRSA", "RSA", "SHA-512", 0),
    ECDSA_SHA256("SHA256withECDSA", "EC", "SHA-256", 0),
    ECDSA_SHA384("SHA384withECDSA", "EC", "SHA-384", 0),
    ECDSA_SHA512("SHA512withECDSA", "EC", "SHA-512", 0);

    private final String jcaName;
    private final String keyAlgorithm;
    private final String digest;
    private final int saltBytes;

    SignatureAlgorithm(String jcaName, String keyAlgorithm, String digest, int saltBytes) {
        this.jcaName = jcaName;
        this.keyAlgorithm = keyAlgorithm;
        this.digest = digest;
        this.saltBytes = saltBytes;
    }

    /** By the name that interfaces use, such as {@code RSA-PSS-SHA256}. */
    public static Optional<SignatureAlgorithm> named(String word) {
        return Stream.of(values()).filter(algorithm -> algorithm.word().equals(word)).findFirst();
    }

    /** The one to take where nobody asks for another: RSA-PSS, and on each curve the digest of its size (RFC 7518, 3.4). */
    public static SignatureAlgorithm usual(PublicKey key) {
        if (!(key instanceof ECKey curve)) {
            return RSA_PSS_SHA256;
        }
        int bits = curve.getParams().getOrder().bitLength();
        return bits <= 256 ? ECDSA_SHA256 : bits <= 384 ? ECDSA_SHA384 : ECDSA_SHA512;
    }

    /** The name that interfaces use, such as {@code RSA-PSS-SHA256}. */
    public String word() {
        return name().replace('_', '-');
    }

    /** {@code RSA} or {@code EC}, as the public key's {@code getAlgorithm} says. */
    public String keyAlgorithm() {
        return keyAlgorithm;
    }

    /** The digest's name in the JDK, such as {@code SHA-256}. */
    public String digest() {
        return digest;
    }

    /** How long that digest is, in octets. */
    public int digestBytes() {
        return Integer.parseInt(digest.substring("SHA-".length())) / Byte.SIZE;
    }

    public boolean isPss() {
        return saltBytes > 0;
    }

    /** A new engine of the JDK's first fitting provider, its parameters set; neither to sign nor to verify yet. */
    public Signature engine() throws GeneralSecurityException {
        Signature engine = Signature.getInstance(jcaName);
        PSSParameterSpec pss = pss();
        if (pss != null) {
            engine.setParameter(pss);
        }
        return engine;
    }

    /** The parameters of RSA-PSS; null for the others. */
    public @Nullable PSSParameterSpec pss() {
        return isPss() ? new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltBytes, PSSParameterSpec.TRAILER_FIELD_BC) : null;
    }
}
