package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many documents are worked on at once, and how much of the heap they may take together: what lies in memory takes some twelve times its size as a tree or a table of objects, what is larger goes
 * through files. Who finds no place waits a little, then comes again later.
 */
public final class Jobs {

    private static final int AT_ONCE_FOR_ONE = 64;
    private static final int FIXED_MB = 32; // a small document may be a tree of a hundred thousand nodes
    private static final int TIMES = 12;
    public static final long IN_MEMORY = 16L << 20;
    private static final int THROUGH_FILES_MB = 48;
    private static final int SHARE = 4;

    private final Semaphore places;
    private final Semaphore heap;
    private final int most;
    private final int budget;
    private final Duration patience;
    private final @Nullable Jobs whole;
    private final Map<String, Integer> ofClients = new ConcurrentHashMap<>();

    /** @param budget of the heap, in MB, for all jobs together */
    public Jobs(int places, int budget, Duration patience) {
        this(places, budget, patience, null);
    }

    private Jobs(int places, int budget, Duration patience, @Nullable Jobs whole) {
        this.whole = whole;
        this.places = new Semaphore(places, true);
        this.heap = new Semaphore(budget, true);
        this.most = places;
        this.budget = budget;
        this.patience = patience;
    }

    /**
     * A share of these for guests: a quarter of the heap and one job for each four at most, taken from the whole as well, so that three quarters are always left to the others. What counts for more than the
     * quarter takes all of it, and runs alone.
     */
    public Jobs share() {
        return new Jobs(Math.max(1, most / SHARE), Math.max(1, budget / SHARE), patience, this);
    }

    /** Half of the heap: the other half is the service's own, and what hostile documents take beyond their estimate. */
    public static int usualBudget() {
        return (int) (Runtime.getRuntime().maxMemory() >> 21);
    }

    /** Does the work where nobody waits and a place is left for who comes next; false, and nothing done, where not. */
    public boolean runBehind(Runnable job) {
        int share = Math.min(budget, cost(IN_MEMORY)); // how large its document is shows only later
        if (places.hasQueuedThreads() || heap.hasQueuedThreads() || places.availablePermits() < 2 || !places.tryAcquire()) {
            return false;
        }
        if (!heap.tryAcquire(share)) {
            places.release();
            return false;
        }
        try {
            job.run();
            return true;
        } finally {
            heap.release(share);
            places.release();
        }
    }

    /**
     * @param client for whom it is done
     * @param octets of each document, all of which were received
     * @throws Problem {@code LIMIT_REACHED} for a client that has too many under way
     */
    public <T> T run(String client, Supplier<T> job, long... octets) {
        if (ofClients.merge(client, 1, Integer::sum) > AT_ONCE_FOR_ONE) {
            leave(client);
            throw new Problem(Kind.LIMIT_REACHED, "This client has " + AT_ONCE_FOR_ONE + " documents under way, which is all it may. Send the next one after an answer.");
        }
        try {
            return inTurn((int) Math.min(budget, LongStream.of(octets).mapToInt(Jobs::cost).asLongStream().sum()), job);
        } finally {
            leave(client);
        }
    }

    private <T> T inTurn(int cost, Supplier<T> job) {
        long until = System.nanoTime() + patience.toNanos();
        take(places, 1, until);
        try {
            take(heap, cost, until);
            try {
                return whole == null ? job.get() : whole.inTurn(cost, job);
            } finally {
                heap.release(cost);
            }
        } finally {
            places.release();
        }
    }

    private static void take(Semaphore from, int permits, long until) {
        try {
            if (!from.tryAcquire(permits, Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    private void leave(String client) {
        ofClients.computeIfPresent(client, (who, count) -> count == 1 ? null : count - 1);
    }

    /** In MB. */
    private static int cost(long octets) {
        return octets > IN_MEMORY ? THROUGH_FILES_MB : FIXED_MB + (int) (octets * TIMES >> 20);
    }
}
