package antin.ca.status;

import antin.ca.status.ClockState.Verdict;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the clock that time stamps tell (ETSI EN 319 421, 7.7.2: no stamp where it is not within the accuracy). It compares it with time servers, where some are
 * configured, and all the time with the machine's steady count, so that a step is seen between two comparisons. Safe for use by many threads.
 */
public final class ClockWatch implements Supplier<ClockState> {

    static final Duration COMPARED_EVERY = Duration.ofMinutes(5);
    static final Duration ASKED_AGAIN = Duration.ofSeconds(20);
    /** So long the last comparison vouches for the clock while no server answers. */
    static final Duration VOUCHED = Duration.ofHours(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration tolerance;
    private final List<InetSocketAddress> servers;
    private final Function<InetSocketAddress, Optional<Duration>> offsetFrom;
    private Instant anchor;
    private long anchorNanos;
    private Instant latest;
    private boolean stepped;
    private @Nullable Duration offset;
    private @Nullable Instant compared;
    private long comparedNanos;
    private long askedNanos;
    private boolean asked;

    /** {@code servers} may be empty: then only steps back are seen. */
    public ClockWatch(Clock clock, Duration tolerance, List<InetSocketAddress> servers) {
        this(clock, System::nanoTime, tolerance, servers, new SntpClient(clock)::offset);
    }

    ClockWatch(Clock clock, LongSupplier nanos, Duration tolerance, List<InetSocketAddress> servers, Function<InetSocketAddress, Optional<Duration>> offsetFrom) {
        this.clock = clock;
        this.nanos = nanos;
        this.tolerance = tolerance;
        this.servers = List.copyOf(servers);
        this.offsetFrom = offsetFrom;
        this.anchor = clock.instant();
        this.anchorNanos = nanos.getAsLong();
        this.latest = anchor;
    }

    /** Looks at the clock now, without waiting for any server. */
    @Override
    public synchronized ClockState get() {
        look();
        return new ClockState(verdict(), Optional.ofNullable(offset), Optional.ofNullable(compared));
    }

    /** Asks the servers where it is time to. Waits for them; to be called every second or so by one thread. */
    public void tend() {
        if (!isToBeCompared()) {
            return;
        }
        List<Duration> offsets = servers.stream().flatMap(server -> offsetFrom.apply(server).stream()).sorted().toList();
        learn(offsets);
    }

    private synchronized boolean isToBeCompared() {
        look();
        long now = nanos.getAsLong();
        boolean due = compared == null || stepped || now - comparedNanos >= COMPARED_EVERY.toNanos();
        if (servers.isEmpty() || !due || asked && now - askedNanos < ASKED_AGAIN.toNanos()) {
            return false;
        }
        asked = true;
        askedNanos = now;
        return true;
    }

    /** The one in the middle, so that one wrong server among three moves nothing. */
    private synchronized void learn(List<Duration> offsets) {
        look();
        if (offsets.isEmpty()) {
            return;
        }
        offset = offsets.get(offsets.size() / 2);
        compared = clock.instant();
        comparedNanos = nanos.getAsLong();
        if (offset.abs().compareTo(tolerance) <= 0) {
            stepped = false; // the step set it right
            anchor = clock.instant();
            anchorNanos = nanos.getAsLong();
            latest = anchor;
        }
    }

    private void look() {
        Instant now = clock.instant();
        long count = nanos.getAsLong();
        Duration jump = Duration.between(anchor.plusNanos(count - anchorNanos), now);
        // Forward steps are also a sleep of the machine, in which its count stands still: only a server can tell
        boolean away = jump.compareTo(tolerance.negated()) < 0 || !servers.isEmpty() && jump.compareTo(tolerance) > 0;
        if (away) {
            stepped = true;
        }
        // Without a server: past the latest time that was ever told, no stamp can be earlier than one of before
        if (stepped && servers.isEmpty() && now.isAfter(latest)) {
            stepped = false;
        }
        if (!stepped || away) {
            anchor = now;
            anchorNanos = count;
        }
        latest = now.isAfter(latest) ? now : latest;
    }

    private Verdict verdict() {
        if (stepped) {
            return Verdict.STEPPED;
        }
        if (servers.isEmpty()) {
            return Verdict.UNCOMPARED;
        }
        if (offset == null || nanos.getAsLong() - comparedNanos > VOUCHED.toNanos()) {
            return Verdict.UNVOUCHED;
        }
        return offset.abs().compareTo(tolerance) > 0 ? Verdict.DRIFTED : Verdict.TRUSTED;
    }
}
