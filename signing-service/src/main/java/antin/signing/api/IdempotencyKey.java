package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key}. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private IdempotencyKey() {
    }

    static @Nullable String checked(@Nullable String sent) {
        if (sent != null && !sent.matches("[\\x21-\\x7e]{1,128}")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The Idempotency-Key must be 1 to 128 visible ASCII characters.");
        }
        return sent;
    }
}
