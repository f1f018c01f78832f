package antin.ca.embedded;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a write to the ledger whose outcome is unknown, since the connection broke, until it is known to have happened. Where
 * the process ends first, the next start closes what is open.
 */
final class Settling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final long PAUSE_MS = 500;

    /** A write that says the same however often it is said. */
    interface Write<T> {
        T now() throws SQLException;
    }

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("settling").factory());

    /** Writes now, or else as soon as the ledger is back; {@code then} is told the outcome, on this thread or another. */
    <T> void settle(Write<T> write, Consumer<T> then) {
        T outcome;
        try {
            outcome = write.now();
        } catch (SQLException e) {
            LOG.warn("The ledger does not answer; a change waits for it ({})", e.getSQLState());
            again(write, then);
            return;
        }
        then.accept(outcome);
    }

    private <T> void again(Write<T> write, Consumer<T> then) {
        try {
            var unused = timer.schedule(() -> settle(write, then), PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The process ends; the next start closes what is open", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
