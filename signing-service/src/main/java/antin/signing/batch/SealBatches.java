package antin.signing.batch;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.seal.InProgress;
import antin.signing.seal.SealDocument;
import antin.signing.seal.SealRequest;
import antin.signing.seal.SealedDocument;
import antin.signing.seal.Seals;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Seals the documents of batches, some at once, behind those that somebody waits for. */
public final class SealBatches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealBatches.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration PEER_AWAY = Duration.ofSeconds(2);
    private static final Duration BEHIND = Duration.ofMillis(20);
    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final long END_SECONDS = 20;

    private final Tasks tasks;
    private final SealDocument sealDocument;
    private final List<SignatureFormat> formats;
    private final WorkFolder folder;
    private final MeterRegistry metrics;
    private final Predicate<Runnable> behindOthers;
    private final int workers;
    private final ExecutorService threads;
    private volatile boolean stopped;

    /** @param behindOthers does the work and says true; false, and nothing done, while interactive requests need the places */
    public SealBatches(Tasks tasks, SealDocument sealDocument, List<SignatureFormat> formats, WorkFolder folder, MeterRegistry metrics, Predicate<Runnable> behindOthers, int workers) {
        this.tasks = tasks;
        this.sealDocument = sealDocument;
        this.formats = List.copyOf(formats);
        this.folder = folder;
        this.metrics = metrics;
        this.behindOthers = behindOthers;
        this.workers = workers;
        this.threads = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "batches");
            thread.setDaemon(true);
            return thread;
        });
    }

    public SealBatches start() {
        tasks.resume();
        for (int i = 0; i < workers; i++) {
            threads.execute(this::run);
        }
        return this;
    }

    /** What is being sealed is finished. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration[] pause = {Duration.ZERO};
        while (!stopped) {
            try {
                if (!behindOthers.test(() -> pause[0] = step())) {
                    pause[0] = BEHIND;
                }
                if (!pause[0].isZero()) {
                    Thread.sleep(pause[0]);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** How long to wait before the next. */
    private Duration step() {
        try {
            Optional<Task> task = tasks.take();
            return task.isEmpty() ? IDLE : work(task.get());
        } catch (RuntimeException e) {
            LOG.warn("Batches cannot be gone on with; it is tried again: {}", e.toString());
            return PEER_AWAY;
        }
    }

    private Duration work(Task task) {
        try {
            String signature = seal(task);
            note(task, () -> tasks.done(task, signature));
            metrics.counter("antin.batch.items", "outcome", "done").increment();
            return Duration.ZERO;
        } catch (InProgress e) {
            note(task, () -> tasks.again(task, wait(task)));
            return PEER_AWAY;
        } catch (DataAccessResourceFailureException | TransientDataAccessException | TransactionException e) {
            LOG.warn("Item {} of batch {} waits: {}", task.number(), task.batch(), e.toString());
            note(task, () -> tasks.again(task, wait(task)));
            return PEER_AWAY;
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                LOG.info("Item {} of batch {} waits: {}", task.number(), task.batch(), e.detail());
                note(task, () -> tasks.again(task, wait(task)));
                metrics.counter("antin.batch.items", "outcome", "postponed").increment();
                return PEER_AWAY;
            }
            boolean ours = e.kind().httpStatus() >= 500;
            if (ours) {
                LOG.error("Item {} of batch {} failed", task.number(), task.batch(), e);
            }
            fail(task, ours ? Kind.INTERNAL : e.kind(), ours ? "Something went wrong here." : e.detail());
            return Duration.ZERO;
        } catch (RuntimeException e) {
            LOG.error("Item {} of batch {} failed", task.number(), task.batch(), e);
            fail(task, Kind.INTERNAL, "Something went wrong here.");
            return Duration.ZERO;
        }
    }

    private void fail(Task task, Kind kind, String detail) {
        note(task, () -> tasks.fail(task, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), detail));
        metrics.counter("antin.batch.items", "outcome", "failed").increment();
    }

    /** Through the one use case, under an idempotency key of the item's own: after a kill a repeat finds what was done. */
    private String seal(Task task) {
        if (task.size() == 0) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is empty.");
        }
        SignatureFormat format = formats.stream().filter(one -> one.name().equals(task.format())).findFirst().orElseThrow();
        MessageDigest digest = Digests.newSha256();
        digest.update((task.item() + "\n" + task.sha256()).getBytes(StandardCharsets.UTF_8));
        Path file = folder.newFile();
        try {
            tasks.fetch(task, file);
            Document document = new Document(file, task.name(), task.size(), task.sha256());
            SealedDocument sealed = sealDocument.seal(new SealRequest(task.client(), task.address(), task.key(), format, task.level(), task.packaging(), task.algorithm(), task.reason(),
                task.location(), document, Seals.ofBatch(task.batch(), task.number()), Digests.text(digest)));
            WorkFolder.remove(sealed.document().file());
            return sealed.id();
        } finally {
            WorkFolder.remove(file);
        }
    }

    private static Duration wait(Task task) {
        return Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(task.tries(), Integer.SIZE)));
    }

    /** The database may be away for a moment; what happened to the item is held until it can be told. At the next start it is found otherwise. */
    private void note(Task task, Runnable row) {
        while (true) {
            try {
                row.run();
                return;
            } catch (RuntimeException e) {
                LOG.warn("What became of item {} of batch {} cannot be noted; it is tried again: {}", task.number(), task.batch(), e.toString());
                try {
                    Thread.sleep(IDLE);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
                if (stopped) {
                    return;
                }
            }
        }
    }
}
