package antin.signing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** How long something takes, for benchmarks. */
public final class Median {

    private Median() {
    }

    /** Milliseconds, after as long a warm-up. */
    public static double of(Callable<?> work, Duration time) throws Exception {
        times(work, time);
        double[] times = times(work, time);
        return times[times.length / 2];
    }

    private static double[] times(Callable<?> work, Duration time) throws Exception {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            work.call();
            times.add((System.nanoTime() - begun) / 1e6);
        }
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
