package antin.backbone.load;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** People who come when they come, whether or not those before them are served: random gaps, and each wait counts from the moment of coming. */
final class OpenLoad {

    /** One person's whole errand. */
    interface Errand {
        void run() throws Exception;
    }

    /**
     * @param comers who came; those of the first third, while everything warms up to this rate, are not in the waits
     * @param median milliseconds
     * @param late   milliseconds that 99 of 100 did not exceed
     */
    record Outcome(long comers, long failed, double median, double late) {
    }

    private OpenLoad() {
    }

    static Outcome run(double perSecond, Duration time, Errand errand) throws InterruptedException {
        Random gaps = new Random(2026);
        Queue<Double> waits = new ConcurrentLinkedQueue<>();
        LongAdder failed = new LongAdder();
        long begun = System.nanoTime();
        long warm = begun + time.toNanos() / 3;
        long comers = 0;
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (double next = begun; next < begun + time.toNanos(); next += -Math.log(1 - gaps.nextDouble()) / perSecond * 1e9) {
                long came = (long) next;
                LockSupport.parkNanos(came - System.nanoTime());
                comers++;
                people.submit(() -> {
                    try {
                        errand.run();
                    } catch (Exception e) {
                        failed.increment();
                    }
                    if (came >= warm) {
                        waits.add((System.nanoTime() - came) / 1e6);
                    }
                });
            }
            people.shutdown();
            people.awaitTermination(2, TimeUnit.MINUTES);
        }
        double[] sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Outcome(comers, failed.sum(), at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
    }
}
