package antin.signing.seal;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that may use the key asks for a seal.
 *
 * @param client         who asks, as its token says: a client's id, and after a colon the number of the person for whom it asks, where it does
 * @param from           the address it asks from
 * @param algorithm      null for the key's usual one
 * @param idempotencyKey null where the client may be answered twice with two seals
 * @param digest         of all that was asked, to tell a repeat from another request under the same key
 */
public record SealRequest(String client, String from, String key, SignatureFormat format, SignatureLevel level, Packaging packaging,
    @Nullable SignatureAlgorithm algorithm, @Nullable String reason, @Nullable String location, Document document,
    @Nullable String idempotencyKey, String digest) {

    /** The client's id alone. */
    String clientId() {
        return person().map(number -> client.substring(0, client.length() - number.length() - 1)).orElse(client);
    }

    /** The number of the person for whom the client asks; empty where it asks for itself. */
    Optional<String> person() {
        int colon = client.lastIndexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(client.substring(colon + 1));
    }
}
