package antin.kernel.key;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys in one place: an HSM's token, or PKCS#12 files. Safe for use by many threads. */
public interface KeyRing extends AutoCloseable {

    /** A kind of key that can be made. */
    enum KeyType { RSA_3072, EC_P256 }

    /** A key that has no certificate yet; it signs its request (PKCS#10) and nothing else. */
    interface PendingKey {

        PublicKey publicKey();

        /** As {@link SigningKey#sign}. */
        byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned);
    }

    /** The names of keys that have a certificate. */
    Set<String> names();

    /** Empty where there is no such key with a certificate. */
    Optional<SigningKey> find(String name);

    /** The pending key of that name, made now where there is neither a key nor a pending one; never replaces a key. */
    PendingKey pending(String name, KeyType type);

    /**
     * Stores the chain of a pending key, which is a key from then on.
     *
     * @throws antin.kernel.Problem {@code MISCONFIGURED} where the first certificate is not of the pending key
     */
    SigningKey complete(String name, List<X509Certificate> chain);

    /** Whether the place answers now; never throws. */
    boolean isAvailable();

    @Override
    void close();
}
