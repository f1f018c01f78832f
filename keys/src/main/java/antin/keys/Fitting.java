package antin.keys;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What fits what: algorithms, types and certificate chains to a public key. Both rings ask the same questions here. */
public final class Fitting {

    private Fitting() {
    }

    /** Refuses an algorithm that the key is not for, before any device is asked. */
    public static void check(SignatureAlgorithm algorithm, PublicKey key) {
        if (!algorithm.keyAlgorithm().equals(key.getAlgorithm())) {
            throw new IllegalArgumentException(algorithm.word() + " does not fit a key of the kind " + key.getAlgorithm());
        }
    }

    /** The key itself, where it is an RSA one. */
    public static RSAPublicKey rsa(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa;
        }
        throw new IllegalArgumentException("A key of the kind " + key.getAlgorithm() + " unwraps nothing");
    }

    /** The key itself, where it is one on a curve. */
    public static ECPublicKey ec(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return ec;
        }
        throw new IllegalArgumentException("A key of the kind " + key.getAlgorithm() + " agrees on nothing");
    }

    /** Refuses a digest that is not one of the algorithm's, too. */
    public static void check(SignatureAlgorithm algorithm, PublicKey key, byte[] digest) {
        check(algorithm, key);
        if (digest.length != algorithm.digestBytes()) {
            throw new IllegalArgumentException("A digest of " + digest.length + " octets is none for " + algorithm.word());
        }
    }

    /** Refuses a key that was made as another type under the same name. */
    public static void check(KeyType type, String name, PublicKey key) {
        boolean fits = switch (type) {
            case RSA_3072 -> key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() == 3072;
            case EC_P256 -> key instanceof ECPublicKey ec && ec.getParams().getCurve().getField().getFieldSize() == 256;
        };
        if (!fits) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + name + " was begun as another kind than " + type + ". Give the new one another name.");
        }
    }

    /** Refuses a chain whose first certificate is not the key's, or whose links do not hold (RFC 5280, 6.1). */
    public static void check(List<X509Certificate> chain, String name, PublicKey key) {
        // The two keys may come from different providers: their encodings (SubjectPublicKeyInfo) are compared.
        if (chain.isEmpty() || !Arrays.equals(chain.getFirst().getPublicKey().getEncoded(), key.getEncoded())) {
            throw new Problem(Kind.MISCONFIGURED, "The certificate for the key " + name + " belongs to another key.");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!isIssuer(chain.get(i), chain.get(i - 1))) {
                throw new Problem(Kind.MISCONFIGURED, "The certificates for the key " + name + " are no chain: number " + i
                    + " was not signed by the one after it.");
            }
        }
    }

    /** The key where it has this very chain already; empty where there is no key. Refuses to give a key another chain. */
    public static <K extends SigningKey> Optional<K> completed(Optional<K> key, String name, List<X509Certificate> chain) {
        if (key.isPresent() && !key.get().chain().equals(chain)) {
            throw new Problem(Kind.CONFLICT, "The key " + name + " has a certificate already.");
        }
        return key;
    }

    /** Whether {@code issuer} signed {@code certificate}; names alone prove nothing. */
    public static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
