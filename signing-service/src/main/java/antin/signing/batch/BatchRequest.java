package antin.signing.batch;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import org.jspecify.annotations.Nullable;

/**
 * What is done with each document of a batch, by a client that may use the key.
 *
 * @param algorithm      null for the key's usual one
 * @param hook           null where nobody is told
 * @param idempotencyKey null where the client may be answered twice with two batches
 * @param digest         of all that was asked, to tell a repeat from another request under the same key
 */
public record BatchRequest(String key, String format, SignatureLevel level, Packaging packaging, @Nullable SignatureAlgorithm algorithm, @Nullable String reason,
    @Nullable String location, @Nullable String hook, @Nullable String idempotencyKey, String digest) {
}
