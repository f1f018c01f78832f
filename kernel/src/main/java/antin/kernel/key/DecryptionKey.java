package antin.kernel.key;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/** A private key that opens what was encrypted to its certificate, and cannot be taken. Safe for use by many threads. */
public interface DecryptionKey {

    /** As {@link SigningKey#name}. */
    String name();

    /** As {@link SigningKey#chain}. */
    List<X509Certificate> chain();

    default X509Certificate certificate() {
        return chain().getFirst();
    }

    /**
     * The {@code length} octets that were encrypted with RSA. Whether the padding was right is never told, by answer or by time (Bleichenbacher, Manger): where it was not, octets come
     * back that nobody can guess, the same ones for the same {@code encrypted} (implicit rejection), and what is opened with them does not open.
     *
     * @param length 1 to 64
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where the device does not answer
     * @throws IllegalArgumentException where this is no RSA key
     */
    byte[] unwrap(KeyTransport transport, byte[] encrypted, int length);

    /**
     * The shared secret with another's public key on the same curve: the x-coordinate, as long as the field (SEC 1, 3.3.1; RFC 5753, 7.1.2).
     *
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} as above; {@code MALFORMED_DOCUMENT} where the point is not on this key's curve
     * @throws IllegalArgumentException where this is no EC key
     */
    byte[] agree(ECPublicKey untrusted);
}
