package antin.signing.api;

import java.time.Duration;

/** A document whose work takes longer than is waited for. It may still end: the same Idempotency-Key tells. */
public final class TooLong extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooLong(Duration most) {
        super("The document takes longer than " + most.toSeconds() + " s.");
    }
}
