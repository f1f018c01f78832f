package antin.signing.batch;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import org.jspecify.annotations.Nullable;

/** An item that a worker took, with what its batch wants done. */
record Task(String batch, int number, String item, String name, String sha256, long size, int tries, String client, String address, String key, String format,
    SignatureLevel level, Packaging packaging, @Nullable SignatureAlgorithm algorithm, @Nullable String reason, @Nullable String location, @Nullable String hook) {
}
