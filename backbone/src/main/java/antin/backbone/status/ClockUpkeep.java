package antin.backbone.status;

import antin.ca.status.ClockState;
import antin.ca.status.ClockWatch;
import antin.kernel.process.BackgroundThread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the clock with the time servers, and tells the log when time stamps stop and go on. */
public final class ClockUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final ClockWatch watch;
    private final BackgroundThread thread = new BackgroundThread("clock", this::work);
    private boolean good = true;

    public ClockUpkeep(ClockWatch watch, MeterRegistry metrics) {
        this.watch = watch;
        Gauge.builder("antin.status.clock.good", () -> watch.get().isGood() ? 1 : 0).description("Whether the clock may tell time stamps").register(metrics);
        Gauge.builder("antin.status.clock.offset.seconds", () -> watch.get().offset().map(offset -> offset.toMillis() / 1000.0).orElse(Double.NaN))
            .description("The time servers' time less this machine's").register(metrics);
    }

    public ClockUpkeep start() {
        thread.start();
        return this;
    }

    private void work() {
        while (!thread.isClosed()) {
            try {
                watch.tend();
                tell(watch.get());
            } catch (RuntimeException e) {
                LOG.error("The clock could not be compared; it is tried again", e);
            }
            thread.rest(EVERY);
        }
    }

    private void tell(ClockState state) {
        if (state.isGood() != good) {
            good = state.isGood();
            if (good) {
                LOG.info("Time stamps are given again: the clock is right");
            } else {
                LOG.error("No time stamps are given: the clock is {} (offset {})", state.verdict().word(), state.offset().map(Duration::toString).orElse("not known"));
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
