package antin.bridge.message;

import org.jspecify.annotations.Nullable;

/** Something was not done, for a reason that people and programs can read. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public Refused(Reason reason) {
        this(reason, null);
    }

    public Refused(Reason reason, @Nullable Throwable cause) {
        super(reason.word(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
