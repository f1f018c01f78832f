package antin.signing.api;

/** As many documents are worked on as may be at once. */
public final class Busy extends RuntimeException {

    private static final long serialVersionUID = 1;

    Busy() {
        super("Too many documents are worked on now.");
    }
}
