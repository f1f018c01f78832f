package antin.signing.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how many documents are worked on at once, since each takes memory; the others wait a little, then come again later. */
public final class Jobs {

    private final Semaphore places;
    private final Duration patience;

    public Jobs(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    /** Does the work where nobody waits and a place is left for who comes next; false, and nothing done, where not. */
    public boolean runBehind(Runnable job) {
        if (places.hasQueuedThreads() || places.availablePermits() < 2 || !places.tryAcquire()) {
            return false;
        }
        try {
            job.run();
            return true;
        } finally {
            places.release();
        }
    }

    public <T> T run(Supplier<T> job) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
        try {
            return job.get();
        } finally {
            places.release();
        }
    }
}
