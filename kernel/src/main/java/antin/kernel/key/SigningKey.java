package antin.kernel.key;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key that can be used and not taken, with its certificate. Safe for use by many threads. */
public interface SigningKey {

    /** The name by which configuration, scopes and audit know it, such as {@code sample-seal}. */
    String name();

    /** The key's own certificate first, up to the root. Never empty. */
    List<X509Certificate> chain();

    default X509Certificate certificate() {
        return chain().getFirst();
    }

    /**
     * Signs {@code toBeSigned} (the whole of it; hashing is the key's part). ECDSA values are DER (RFC 3279, 2.2.3).
     *
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where the device does not answer; no value left it then
     * @throws IllegalArgumentException where the algorithm is not one for this key
     */
    byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned);

    /**
     * As {@link #sign}, where the algorithm's digest was made elsewhere because what it is of stays there.
     *
     * @throws antin.kernel.Problem as above; {@code NOT_ALLOWED} where the place signs nothing that it has not hashed itself
     * @throws IllegalArgumentException where the algorithm is not one for this key, or the digest not as long as the algorithm's
     */
    default byte[] signDigest(SignatureAlgorithm algorithm, byte[] digest) {
        throw new Problem(Kind.NOT_ALLOWED, "The key " + name() + " signs no digest that was made elsewhere.");
    }
}
