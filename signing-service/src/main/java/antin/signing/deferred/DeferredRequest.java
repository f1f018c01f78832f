package antin.signing.deferred;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client asks for the bytes that somebody's key shall sign.
 *
 * @param client    who asks, as its token says
 * @param person    for whom the token was given, by number; null where a system asks for itself
 * @param from      the address it asks from
 * @param algorithm null for the usual one of the certificate's key
 * @param chain     the signer's certificate first
 * @param particulars what some formats alone know
 * @param idempotencyKey null where the client may be answered twice with two signatures
 * @param digest    of all that was asked, to tell a repeat from another request under the same key
 */
public record DeferredRequest(String client, @Nullable String person, String from, SignatureFormat format, SignatureLevel level, Packaging packaging, @Nullable SignatureAlgorithm algorithm,
    @Nullable String reason, @Nullable String location, Document document, List<X509Certificate> chain, Particulars particulars, @Nullable String idempotencyKey, String digest) {

    public DeferredRequest {
        chain = List.copyOf(chain);
    }

    /** One without particulars, which is not repeated. */
    public DeferredRequest(String client, @Nullable String person, String from, SignatureFormat format, SignatureLevel level, Packaging packaging,
            @Nullable SignatureAlgorithm algorithm, @Nullable String reason, @Nullable String location, Document document, List<X509Certificate> chain) {
        this(client, person, from, format, level, packaging, algorithm, reason, location, document, chain, Particulars.NONE, null, "");
    }
}
