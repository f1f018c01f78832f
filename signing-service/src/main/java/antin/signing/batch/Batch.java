package antin.signing.batch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a batch came. */
public record Batch(String id, State state, int total, int done, int failed, int cancelled, Instant made, @Nullable Instant ended) {

    /** Of one that was accepted. */
    public enum State { WORKING, ENDED }
}
