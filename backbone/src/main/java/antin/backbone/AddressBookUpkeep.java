package antin.backbone;

import antin.kernel.Problem;
import antin.otp.apppassword.AddressBookSweep;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the address books in the directory what the database says: at the start, and again every two minutes, so that whoever left is soon out. */
final class AddressBookUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AddressBookUpkeep.class);
    private static final Duration PERIOD = Duration.ofMinutes(2);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

    private final AddressBookSweep sweep;
    private final Runnable samples;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "address-books");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean complete;

    /** @param samples opens those of the sample city, again each time */
    AddressBookUpkeep(AddressBookSweep sweep, Runnable samples) {
        this.sweep = sweep;
        this.samples = samples;
    }

    AddressBookUpkeep start() {
        timer.execute(this::keep);
        return this;
    }

    /** Whether it has come through once. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void keep() {
        Duration next = AFTER_TROUBLE;
        try {
            int closed = sweep.sweep();
            if (closed > 0) {
                LOG.info("{} address books were closed: their password or their owner is no longer valid", closed);
            }
            samples.run();
            complete = true;
            next = PERIOD;
        } catch (Problem e) {
            LOG.info("The address books are looked after later: {}", e.detail());
        } catch (RuntimeException e) {
            LOG.warn("The address books could not be looked after; it is tried again", e);
            next = PERIOD;
        }
        if (!timer.isShutdown()) {
            var unused = timer.schedule(this::keep, next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
