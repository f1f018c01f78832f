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
 * Bounds how many documents are worked on at once, for how long, and how much of the heap they may take together: what lies in memory takes some twelve times its size as a tree or a table of objects, what is larger goes
 * through files. Who finds no place waits a little, then comes again later.
 */
public final class Jobs {

    private static final int AT_ONCE_FOR_ONE = 64;
    private static final int FIXED_MB = 32; // a small document may be a tree of a hundred thousand nodes
    private static final int TIMES = 12;
    public static final long IN_MEMORY = 16L << 20;
    private static final int THROUGH_FILES_MB = 48;
    private static final int SHARE = 4;
    private static final long OCTETS_A_SECOND = 4L << 20;

    private final Semaphore places;
    private final Semaphore heap;
    private final int most;
    private final int budget;
    private final Duration patience;
    private final Duration longest;
    private final @Nullable Jobs whole;
    private final Workers workers;
    private final Map<String, Integer> ofClients = new ConcurrentHashMap<>();

    /**
     * @param budget   of the heap, in MB, for all jobs together
     * @param patience for a place
     * @param longest  that a small document may take; large ones have a second more for each four megabytes
     */
    public Jobs(int places, int budget, Duration patience, Duration longest) {
        this(places, budget, patience, longest, new Workers(), null);
    }

    private Jobs(int places, int budget, Duration patience, Duration longest, Workers workers, @Nullable Jobs whole) {
        this.whole = whole;
        this.workers = workers;
        this.longest = longest;
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
        return new Jobs(Math.max(1, most / SHARE), Math.max(1, budget / SHARE), patience, longest, workers, this);
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

    /** How many documents are worked on now. */
    public int underWay() {
        return most - places.availablePermits();
    }

    /** How many of them take so long that nobody waits for them any more. */
    public int late() {
        return workers.late();
    }

    /** Whether there are places that no late document holds. */
    public boolean hasRoom() {
        return late() < most;
    }

    /**
     * @param client for whom it is done
     * @param octets of each document, all of which were received
     * @throws Problem {@code LIMIT_REACHED} for a client that has too many under way
     * @throws TooLong for a document that takes too long; it keeps its place until it ends
     */
    public <T> T run(String client, Supplier<T> job, long... octets) {
        if (ofClients.merge(client, 1, Integer::sum) > AT_ONCE_FOR_ONE) {
            leave(client);
            throw new Problem(Kind.LIMIT_REACHED, "This client has " + AT_ONCE_FOR_ONE + " documents under way, which is all it may. Send the next one after an answer.");
        }
        int cost = (int) Math.min(budget, LongStream.of(octets).mapToInt(Jobs::cost).asLongStream().sum());
        try {
            enter(cost, System.nanoTime() + patience.toNanos());
        } catch (Busy e) {
            leave(client);
            throw e;
        }
        return workers.run(job, longest.plusSeconds(LongStream.of(octets).sum() / OCTETS_A_SECOND), () -> {
            exit(cost);
            leave(client);
        });
    }

    private void enter(int cost, long until) {
        take(places, 1, until);
        try {
            take(heap, cost, until);
            try {
                if (whole != null) {
                    whole.enter(cost, until);
                }
            } catch (Busy e) {
                heap.release(cost);
                throw e;
            }
        } catch (Busy e) {
            places.release();
            throw e;
        }
    }

    private void exit(int cost) {
        if (whole != null) {
            whole.exit(cost);
        }
        heap.release(cost);
        places.release();
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
