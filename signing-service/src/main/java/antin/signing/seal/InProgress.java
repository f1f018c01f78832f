package antin.signing.seal;

/** Another request under the same idempotency key is not done yet: ask again soon. */
public final class InProgress extends RuntimeException {

    private static final long serialVersionUID = 1;

    InProgress() {
        super("A request with this Idempotency-Key is being worked on.");
    }
}
