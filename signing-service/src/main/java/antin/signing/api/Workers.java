package antin.signing.api;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for documents, so that whoever asked has an answer in time whatever a document does to its reader. One that is late is left alone, since an interruption would close files that others write to: it keeps what it
 * took until it ends.
 */
final class Workers {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(job -> {
        Thread thread = new Thread(job, "document-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param end called once the job has ended, however late that is
     * @throws TooLong where that takes longer than {@code most}
     */
    <T> T run(Supplier<T> job, Duration most, Runnable end) {
        AtomicBoolean settled = new AtomicBoolean(); // by whoever comes first: the job's end, or the end of the time
        Future<T> result = begin(() -> {
            try {
                return job.get();
            } finally {
                end.run();
                if (settled.getAndSet(true)) {
                    late.decrementAndGet();
                }
            }
        }, end);
        try {
            return result.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            leave(settled);
            throw new TooLong(most);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (InterruptedException e) {
            leave(settled);
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    /** How many go on though nobody waits for them any more. */
    int late() {
        return late.get();
    }

    private <T> Future<T> begin(Callable<T> job, Runnable end) {
        try {
            return threads.submit(job);
        } catch (Error e) { // no thread to be had
            end.run();
            throw e;
        }
    }

    private void leave(AtomicBoolean settled) {
        late.incrementAndGet();
        if (settled.getAndSet(true)) {
            late.decrementAndGet();
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException("A supplier throws no other", cause);
    }
}
