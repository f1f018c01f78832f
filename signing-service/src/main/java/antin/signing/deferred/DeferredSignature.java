package antin.signing.deferred;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureLevel;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature that waits for its value, with all that decides its bytes.
 *
 * @param digest       of the bytes to be signed, by the algorithm's digest
 * @param resultSha256 of the signed document; null until it is done
 * @param digestAlgorithm of a document that was not sent; null for one that was
 * @param password     opens the document; kept as long as the document is
 */
public record DeferredSignature(String id, String client, State state, String format, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm,
    Instant signingTime, @Nullable String reason, @Nullable String location, String documentName, String documentSha256, long documentSize,
    List<X509Certificate> chain, byte[] digest, @Nullable String resultSha256, Instant begun, Instant expires, @Nullable Instant ended,
    Particulars particulars, @Nullable String digestAlgorithm, @Nullable Password password) {

    /** How far it came. */
    public enum State { PREPARED, COMPLETING, DONE, FAILED }

    public DeferredSignature {
        chain = List.copyOf(chain);
        digest = digest.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }
}
