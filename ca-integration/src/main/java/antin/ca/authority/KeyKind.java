package antin.ca.authority;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of keys that are made here, by the words of {@code issuing-key} in {@code conf/ca.properties}. */
public enum KeyKind {

    EC_P256("EC-P256", "EC", new ECGenParameterSpec("secp256r1")),
    EC_P384("EC-P384", "EC", new ECGenParameterSpec("secp384r1")),
    /** 128 bits of strength (NIST SP 800-57 part 1, table 2), for clients that know no elliptic curves. */
    RSA_3072("RSA-3072", "RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    RSA_4096("RSA-4096", "RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4));

    private static final int SHA_384_FROM_RSA_BITS = 4096;

    private final String word;
    private final String algorithm;
    private final AlgorithmParameterSpec parameters;

    KeyKind(String word, String algorithm, AlgorithmParameterSpec parameters) {
        this.word = word;
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    public String word() {
        return word;
    }

    public static Optional<KeyKind> named(String word) {
        return Stream.of(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    public KeyPair generate(Provider provider, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(parameters, random);
        return generator.generateKeyPair();
    }

    /** By what a key of this strength signs what is ours: a digest that is as strong, and with RSA the padding that every client takes (RFC 8017, 8.2). */
    public static String signatureAlgorithm(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() < SHA_384_FROM_RSA_BITS ? "SHA256withRSA" : "SHA384withRSA";
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getOrder().bitLength() <= 256 ? "SHA256withECDSA" : "SHA384withECDSA"; // RFC 5480, 4
        }
        throw new IllegalArgumentException("A key of the kind " + key.getAlgorithm() + " signs no certificates");
    }
}
