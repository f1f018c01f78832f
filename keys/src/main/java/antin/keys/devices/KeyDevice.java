package antin.keys.devices;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device and how it is. It is in until it answers badly; then it is out, nobody is sent to it, and its own thread asks it again: at once, and where it answers badly time after time, less
 * and less often. Safe for use by many threads.
 */
public final class KeyDevice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDevice.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 4; // 16 seconds
    private static final Duration STOP = Duration.ofSeconds(2);

    private final String name;
    private final KeyRing ring;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicInteger load = new AtomicInteger();
    private final AtomicLong uses = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread watch;
    private volatile Runnable look = () -> { };
    private volatile boolean in = true;
    private volatile boolean closed;
    private int badInARow;
    private long again = System.nanoTime();

    /** @param name for log, metrics and readiness; never shown to clients */
    public KeyDevice(String name, KeyRing ring) {
        this.name = name;
        this.ring = ring;
        this.watch = new Thread(this::watch, "key-device-" + name);
        watch.setDaemon(true);
    }

    public String name() {
        return name;
    }

    /** Whether it is used now. */
    public boolean isIn() {
        return in;
    }

    /** How often it answered well to a use of a key. */
    public long uses() {
        return uses.get();
    }

    /** How often it was taken out. */
    public long failures() {
        return failures.get();
    }

    int load() {
        return load.get();
    }

    KeyRing ring() {
        return ring;
    }

    /** Starts to watch it; {@code newLook} is run whenever it answered. */
    void start(Runnable newLook) {
        look = newLook;
        watch.start();
    }

    /** Uses a key on it. What it throws is its own failure, where the kind says so: it is out then. */
    <T> T use(Supplier<T> work) {
        load.incrementAndGet();
        try {
            T value = ask(work);
            uses.incrementAndGet();
            good();
            return value;
        } finally {
            load.decrementAndGet();
        }
    }

    /** The same for what is no use of a key. */
    <T> T ask(Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                bad(e.detail());
            } else if (e.kind() == Kind.MISCONFIGURED) {
                wake.release(); // a refused PIN, or only a mechanism that it does not know: its thread will see
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ring.close();
    }

    private synchronized void good() {
        badInARow = 0;
    }

    private synchronized void bad(String why) {
        if (in) {
            in = false;
            failures.incrementAndGet();
            LOG.warn("The key device {} is taken out: {}", name, why);
            rest();
            wake.release();
        }
    }

    private void rest() {
        again = System.nanoTime() + (badInARow == 0 ? 0 : FIRST_REST.toNanos() << Math.min(badInARow - 1, MOST_DOUBLINGS));
        badInARow++;
    }

    private void watch() {
        while (!closed) {
            try {
                var unused = wake.tryAcquire(untilNextLook(), TimeUnit.NANOSECONDS);
                wake.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
            if (isTime()) {
                look(ring.isAvailable());
            }
        }
    }

    private synchronized long untilNextLook() {
        return in ? BETWEEN_LOOKS.toNanos() : Math.max(0, again - System.nanoTime());
    }

    private synchronized boolean isTime() {
        return in || System.nanoTime() - again >= 0;
    }

    private void look(boolean answers) {
        if (!answers) {
            miss();
            return;
        }
        comeIn();
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.debug("The keys of {} could not be looked up", name, e);
        }
    }

    private synchronized void comeIn() {
        if (!in) {
            in = true;
            LOG.info("The key device {} is in again", name);
        }
    }

    private synchronized void miss() {
        if (in) {
            bad("it does not answer");
        } else {
            rest();
        }
    }
}
