package antin.directory.opendj;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Register;
import antin.directory.Role;
import antin.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Writes fifty times a second: five writers, each to a person of their own, alternating changes that leave a line in the history and people added.
 * It keeps what was answered, and when.
 */
final class SteadyWrites implements AutoCloseable {

    private static final int WRITERS = 5;
    private static final long MILLIS_EACH = 100;

    final Map<String, Queue<String>> lines = new ConcurrentHashMap<>();
    final Queue<String> added = new ConcurrentLinkedQueue<>();
    final Queue<Instant> answers = new ConcurrentLinkedQueue<>();
    final AtomicInteger lost = new AtomicInteger();
    private final Register register;
    private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS);
    private final AtomicInteger count = new AtomicInteger();

    /** Begins at once. {@code people} are changed by nobody else. */
    SteadyWrites(Register register, List<String> people) {
        this.register = register;
        IntStream.range(0, WRITERS).forEach(i -> writers.scheduleAtFixedRate(() -> write(people.get(i)), MILLIS_EACH * i / WRITERS, MILLIS_EACH, TimeUnit.MILLISECONDS));
    }

    private void write(String person) {
        int number = count.incrementAndGet();
        try {
            PersonEntry before = register.person(person).orElseThrow();
            if (number % 2 == 0) {
                String newcomer = Integer.toString(600_000 + number);
                register.add(new PersonEntry(newcomer, before.name(), before.family(), before.given(), newcomer + "@city.example", List.of(), before.unit(), "", "", "",
                    Set.of(Role.STAFF), true, "vi", List.of(), List.of(), 0));
                added.add(newcomer);
            } else {
                String line = "2026-11-22 write " + number;
                List<String> history = new ArrayList<>(before.history());
                history.add(line);
                register.change(before, before.withHistory(history));
                lines.computeIfAbsent(person, key -> new ConcurrentLinkedQueue<>()).add(line);
            }
            answers.add(Instant.now());
        } catch (Problem | Refusal e) {
            lost.incrementAndGet(); // not answered, or not as asked: nothing was promised
        }
    }

    int answered() {
        return answers.size();
    }

    /** The longest time without an answer. */
    Duration longestPause() {
        List<Instant> times = answers.stream().sorted().toList();
        return IntStream.range(1, times.size()).mapToObj(i -> Duration.between(times.get(i - 1), times.get(i))).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** What was answered and is not there. */
    List<String> missing(Register where) {
        List<String> missing = new ArrayList<>(added.stream().filter(number -> where.person(number).isEmpty()).toList());
        lines.forEach((person, written) -> {
            List<String> there = where.person(person).orElseThrow().history();
            written.stream().filter(line -> !there.contains(line)).forEach(missing::add);
        });
        return missing;
    }

    @Override
    public void close() {
        writers.shutdown();
        try {
            writers.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
