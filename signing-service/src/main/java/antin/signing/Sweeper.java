package antin.signing;

import antin.signing.deferred.DeferredSignatures;
import antin.signing.remote.Authorisations;
import antin.signing.seal.Seals;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets kept answers, signatures that nobody completed, and authorisations, in time. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long PERIOD_MINUTES = 1;

    private final Seals seals;
    private final DeferredSignatures signatures;
    private final Authorisations authorisations;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sweeper");
        thread.setDaemon(true);
        return thread;
    });

    Sweeper(Seals seals, DeferredSignatures signatures, Authorisations authorisations) {
        this.authorisations = authorisations;
        this.seals = seals;
        this.signatures = signatures;
    }

    Sweeper start() {
        var unused = timer.scheduleWithFixedDelay(this::sweepQuietly, 0, PERIOD_MINUTES, TimeUnit.MINUTES);
        return this;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sweepQuietly() {
        try {
            seals.sweep();
            signatures.sweep();
            authorisations.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Old answers could not be removed; it is tried again later", e);
        }
    }
}
