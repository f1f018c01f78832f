package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import antin.directory.administration.Administration;
import antin.directory.transfer.Progress.Failure;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import from where it is to its end: units from the top down, then people side by side, then heads, then once more those records that others of the file may have stood
 * in the way of. An interrupt stops it between two records; the next run goes on from there.
 */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final int WRITERS = 8;
    private static final int AHEAD = 256;
    private static final Duration LONGEST_REST = Duration.ofSeconds(20);
    /** What another record of the same file may have changed since: an address or a post is free now, a person is there. */
    private static final Set<Reason> WORTH_ANOTHER_TRY = Set.of(Reason.TAKEN, Reason.TWO_HEADS, Reason.NOT_EMPTY, Reason.STILL_USED, Reason.UNKNOWN_PERSON, Reason.UNKNOWN_UNIT, Reason.BELOW_ITSELF,
        Reason.WRONG_LEVEL, Reason.CLOSED, Reason.NOT_A_MEMBER);

    /** Why it cannot go on. */
    static final class Stopped extends Exception {

        private final transient Failure failure;

        Stopped(Failure failure, Exception cause) {
            super(failure.sentence(), cause);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    private interface Taker {

        void take(Entry entry) throws IOException, InterruptedException, Stopped;
    }

    private final Job job;
    private final Source source;
    private final Administration administration;
    private final Applier applier;
    private final Duration patience;
    private final boolean resumed;
    private final List<Entry> later = Collections.synchronizedList(new ArrayList<>());

    Run(Job job, Administration administration, Clock clock, Duration patience, boolean resumed) {
        this.job = job;
        this.source = Source.of(job.input(), job.isLdif());
        this.administration = administration;
        this.applier = new Applier(administration, job.actor(), clock);
        this.patience = patience;
        this.resumed = resumed;
    }

    void run() throws InterruptedException, Stopped {
        List<LineProblem> head = patiently(source::headProblems);
        if (!head.isEmpty()) {
            job.tally().put(1, Outcome.refused(head));
            throw new Stopped(Failure.NOT_READABLE, new IOException("unknown columns"));
        }
        try (Journal journal = patiently(() -> Journal.open(job.journal(), job.tally()))) {
            Check check = patiently(this::check);
            List<Entry> units = check.unitsFromTheTop();
            job.has(check.lines());
            for (Map.Entry<Integer, List<LineProblem>> bad : check.problems().entrySet()) {
                if (!job.tally().has(bad.getKey())) {
                    settle(bad.getKey(), Outcome.refused(bad.getValue()), journal);
                }
            }
            for (Entry unit : units) {
                step(unit, journal, true);
            }
            people(journal);
            read(entry -> {
                if (entry.kind() == Entry.Kind.HEAD) {
                    step(entry, journal, true);
                }
            });
            again(journal);
            patiently(() -> {
                new Report(job).write(source);
                return true;
            });
        } catch (IOException e) {
            throw new Stopped(Failure.DISK, e);
        }
    }

    private Check check() throws IOException, InterruptedException {
        Check check = new Check(administration.index());
        int[] records = {0};
        source.read(entry -> {
            if (++records[0] > 2 * Check.MOST) {
                throw new Problem(Kind.TOO_LARGE, Failure.TOO_MANY_RECORDS.sentence());
            }
            check.take(entry);
        });
        return check;
    }

    /** Side by side, since each write waits for the directory's disk. */
    private void people(Journal journal) throws InterruptedException, Stopped {
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        Semaphore ahead = new Semaphore(AHEAD);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS, Thread.ofPlatform().name("import-", 1).daemon().factory());
        try {
            read(entry -> {
                if (entry.kind() == Entry.Kind.PERSON && failed.get() == null && !job.tally().has(entry.line())) {
                    ahead.acquire();
                    writers.execute(() -> {
                        try {
                            if (failed.get() == null) {
                                step(entry, journal, true);
                            }
                        } catch (InterruptedException | Stopped | RuntimeException e) {
                            failed.compareAndSet(null, e);
                        } finally {
                            ahead.release();
                        }
                    });
                }
            });
            writers.shutdown();
            while (!writers.awaitTermination(1, TimeUnit.HOURS)) {
                LOG.warn("An import's writers take long");
            }
        } finally {
            writers.shutdownNow();
        }
        switch (failed.get()) {
            case Stopped stopped -> throw stopped;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException unexpected -> throw unexpected;
            case null, default -> LOG.debug("All people of import {} are through", job.id());
        }
    }

    /** As long as it helps: an address that one gives up and another takes, a head who hands over to another. */
    private void again(Journal journal) throws InterruptedException, Stopped {
        int before;
        do {
            List<Entry> waiting = new ArrayList<>(later);
            waiting.sort(Comparator.comparingInt(Entry::line));
            before = waiting.size();
            later.clear();
            for (Entry entry : waiting) {
                step(entry, journal, true);
            }
        } while (!later.isEmpty() && later.size() < before);
        for (Entry entry : later) {
            step(entry, journal, false);
        }
    }

    private void step(Entry entry, Journal journal, boolean mayWait) throws InterruptedException, Stopped {
        Tally tally = job.tally();
        boolean ofUnit = entry.kind() == Entry.Kind.HEAD && tally.has(entry.line()); // the head in a unit's own record
        if (tally.has(entry.line()) && (!ofUnit || tally.isRefused(entry.line()))) {
            return;
        }
        boolean[] asked = {resumed};
        Outcome outcome = patiently(() -> {
            Outcome now = applier.apply(entry);
            // After a crash or an outage something may be written of which no answer came.
            return asked[0] && now.kind() == Outcome.Kind.UNCHANGED ? applier.afterDoubt(entry, job.begun()) : now;
        }, asked);
        if (mayWait && outcome.problems().stream().anyMatch(problem -> WORTH_ANOTHER_TRY.contains(problem.reason()))) {
            later.add(entry);
        } else if (!ofUnit || outcome.kind() == Outcome.Kind.REFUSED || outcome.kind() == Outcome.Kind.CHANGED && tally.isUnchanged(entry.line())) {
            settle(entry.line(), outcome, journal);
        }
    }

    private void settle(int line, Outcome outcome, Journal journal) throws InterruptedException, Stopped {
        patiently(() -> {
            journal.put(line, outcome);
            return outcome;
        });
        job.tally().put(line, outcome);
    }

    private void read(Taker reader) throws InterruptedException, Stopped {
        try {
            source.read(entry -> {
                try {
                    reader.take(entry);
                } catch (Stopped e) {
                    throw new IOException(e);
                }
            });
        } catch (IOException e) {
            throw e.getCause() instanceof Stopped stopped ? stopped : new Stopped(Failure.DISK, e);
        }
    }

    private <T> T patiently(Callable<T> act) throws InterruptedException, Stopped {
        return patiently(act, new boolean[1]);
    }

    /** Tries until it works or patience is at its end: the directory comes back, somebody makes room on the disk. */
    private <T> T patiently(Callable<T> act, boolean[] again) throws InterruptedException, Stopped {
        Instant deadline = Instant.now().plus(patience);
        for (Duration rest = Duration.ofMillis(250);; rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST) {
            Failure failure;
            Exception cause;
            try {
                return act.call();
            } catch (InterruptedException e) {
                throw e;
            } catch (IOException e) {
                failure = Failure.DISK;
                cause = e;
            } catch (Problem e) {
                if (e.kind() == Kind.TOO_LARGE) {
                    throw new Stopped(Failure.TOO_MANY_RECORDS, e);
                }
                if (e.kind() != Kind.PEER_UNAVAILABLE) {
                    throw e;
                }
                failure = Failure.DIRECTORY_AWAY;
                cause = e;
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (Instant.now().plus(rest).isAfter(deadline)) {
                throw new Stopped(failure, cause);
            }
            again[0] = true;
            Thread.sleep(rest);
        }
    }
}
