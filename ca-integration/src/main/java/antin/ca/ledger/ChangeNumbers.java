package antin.ca.ledger;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers for changes of a status. Commits overtake each other, so what is answered ends below the lowest number whose commit is
 * still under way: whoever asks for what came after a number misses nothing. Safe for use by many threads.
 */
public final class ChangeNumbers implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final TreeSet<Long> underWay = new TreeSet<>();
    private long next;
    private boolean closed;

    /** {@code last} is the highest number that was ever committed. */
    public ChangeNumbers(long last) {
        this.next = last + 1;
    }

    /** Returns a new number, which must be {@link #settle}d once its change is committed or can never be. */
    public long take() {
        lock.lock();
        try {
            long number = next++;
            underWay.add(number);
            return number;
        } finally {
            lock.unlock();
        }
    }

    public void settle(long number) {
        lock.lock();
        try {
            underWay.remove(number);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Every change below this is committed. */
    public long settledBelow() {
        lock.lock();
        try {
            return floor();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #settledBelow} is more than {@code floor}; returns whether it is. */
    public boolean awaitAbove(long floor, Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (floor() <= floor && !closed && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
            return floor() > floor;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits goes away with nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long floor() {
        return underWay.isEmpty() ? next : underWay.first();
    }
}
