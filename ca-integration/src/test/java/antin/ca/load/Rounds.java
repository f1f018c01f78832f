package antin.ca.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Works measured in turns: what disturbs the machine for a while disturbs all of them. What is compared is the median over the rounds, of a rate or of the ratio of two rates of
 * one round.
 */
public final class Rounds {

    /** Done as often as time allows, by several threads at once. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * One of the works.
     *
     * @param before done each time before its time begins
     */
    public record Task(String name, int threads, Work work, Work before) {

        public Task(String name, int threads, Work work) {
            this(name, threads, work, () -> { });
        }
    }

    private final Map<String, double[]> rates = new HashMap<>();

    private Rounds() {
    }

    /** After a round of {@code warming} that does not count. */
    public static Rounds measure(List<Task> tasks, int rounds, Duration warming, Duration time) throws Exception {
        Rounds measured = new Rounds();
        for (Task task : tasks) {
            rate(task, warming);
            measured.rates.put(task.name, new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Task task : tasks) {
                measured.of(task.name)[round] = rate(task, time);
            }
        }
        return measured;
    }

    /** A second. */
    public double median(String name) {
        return median(of(name));
    }

    /** How often {@code name} is done for each {@code other}. */
    public double ratio(String name, String other) {
        double[] ratios = new double[of(name).length];
        Arrays.setAll(ratios, round -> of(name)[round] / of(other)[round]);
        return median(ratios);
    }

    public static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }

    /** The last line of a figure. */
    public static void figure(String name, double value, String order, double limit) {
        boolean good = order.equals("<=") ? value <= limit : value >= limit;
        say("figure %s %.2f ratio target %s %.2f %s", name, value, order, limit, good ? "ok" : "short");
    }

    private double[] of(String name) {
        return rates.get(name);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double rate(Task task, Duration time) throws Exception {
        task.before.run();
        LongAdder done = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(task.threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < task.threads; i++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        task.work.run();
                        done.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return done.sum() / ((System.nanoTime() - begun) / 1e9);
    }
}
