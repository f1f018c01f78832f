package antin.signing.batch;

import org.jspecify.annotations.Nullable;

/**
 * One document of a batch.
 *
 * @param number    from 1, as they were sent
 * @param signature the seal's id; null until it is done
 * @param problem   the kind, where it failed
 * @param detail    safe to show
 */
public record BatchItem(int number, String name, State state, @Nullable String signature, @Nullable String problem, @Nullable String detail) {

    /** How far it came. */
    public enum State { WAITING, WORKING, DONE, FAILED, CANCELLED }
}
