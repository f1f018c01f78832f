package antin.backbone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Runs with the real time, ahead of it by what a test asked for. */
final class MovableClock extends Clock {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void forward(Duration duration) {
        ahead.updateAndGet(present -> present.plus(duration));
    }

    /** To the beginning of the next time step of 30 seconds, so that a test ends before the one after. */
    void toNextStep() {
        forward(Duration.ofMillis(30_000 - instant().toEpochMilli() % 30_000));
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
