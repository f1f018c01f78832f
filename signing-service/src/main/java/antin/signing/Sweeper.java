package antin.signing;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what was kept for some time: answers, signatures that nobody completed, authorisations, batches, web hooks. One that fails holds no other. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long PERIOD_MINUTES = 1;

    private final List<Runnable> sweeps;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sweeper");
        thread.setDaemon(true);
        return thread;
    });

    Sweeper(Runnable... sweeps) {
        this.sweeps = List.of(sweeps);
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
        sweeps.forEach(Sweeper::sweepQuietly);
    }

    private static void sweepQuietly(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            LOG.warn("Old answers could not be removed; it is tried again later", e);
        }
    }
}
