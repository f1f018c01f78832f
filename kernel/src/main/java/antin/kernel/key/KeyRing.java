package antin.kernel.key;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys in one place: an HSM's token, or PKCS#12 files. Safe for use by many threads. A name has small letters, digits and hyphens,
 * at most 41. Every method but {@link #isAvailable} throws {@link antin.kernel.Problem}: {@code PEER_UNAVAILABLE} where the place
 * does not answer, {@code MISCONFIGURED} where it cannot be used as it is.
 */
public interface KeyRing extends AutoCloseable {

    /** A kind of key that can be made. */
    enum KeyType { RSA_3072, EC_P256 }

    /** What a key may do; fixed when it is made, where the place can hold it to that (an HSM can, a file cannot). */
    enum KeyUse {
        SIGNING,
        /** Signs and decrypts mail. */
        MAIL
    }

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

    /** The same key, for opening what was encrypted to it. Whether its certificate is for that is the caller's to ask. */
    Optional<DecryptionKey> findForDecryption(String name);

    /**
     * The pending key of that name, made now where there is neither a key nor a pending one.
     *
     * @throws antin.kernel.Problem {@code CONFLICT} where there is a key already, since a key is never replaced; {@code
     *     MISCONFIGURED} where the name is not one, or the pending key is of another type
     */
    PendingKey pending(String name, KeyType type, KeyUse use);

    /** A key that signs. */
    default PendingKey pending(String name, KeyType type) {
        return pending(name, type, KeyUse.SIGNING);
    }

    /**
     * Stores the chain of a pending key, which is a key from then on. Told twice with the same chain it does nothing the
     * second time.
     *
     * @param chain the key's own certificate first, each signed by the next
     * @throws antin.kernel.Problem {@code MISCONFIGURED} where there is no pending key, the first certificate is not its own, or
     *     the chain does not hold; {@code CONFLICT} where the key has other certificates already
     */
    SigningKey complete(String name, List<X509Certificate> chain);

    /** Whether the place answers now; never throws. */
    boolean isAvailable();

    @Override
    void close();
}
