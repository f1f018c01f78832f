package antin.directory.transfer;

import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.index.DirectoryIndex;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.directory.transfer.Outcome.Kind;
import antin.directory.transfer.Progress.Failure;
import antin.kernel.Problem;
import antin.kernel.audit.AuditEvent;
import antin.kernel.process.BackgroundThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports of people and units from CSV and LDIF, one at a time, each a folder below the one it is given. What a crash interrupts goes on at the next {@link #start}, record by record, and
 * ends as it would have. A file imported twice changes nothing the second time. Every record passes the rights of the person who imports, as they are at that
 * moment. Safe for use by many threads.
 */
public final class Imports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final long LARGEST = 64L * 1024 * 1024;
    private static final int RECENT = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Administration administration;
    private final Clock clock;
    private final Duration patience;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();
    private final BackgroundThread thread;

    public Imports(Path folder, Administration administration, Clock clock) {
        this(folder, administration, clock, PATIENCE);
    }

    /** @param patience how long an import waits for a directory or a disk that does not answer */
    Imports(Path folder, Administration administration, Clock clock, Duration patience) {
        this.folder = folder;
        this.administration = administration;
        this.clock = clock;
        this.patience = patience;
        this.thread = new BackgroundThread("imports", this::work);
    }

    /** Reads what is there, and goes on with what is not at its end. */
    public void start() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> folders = Files.list(folder)) {
                for (Path each : folders.sorted().toList()) {
                    Job.open(each).ifPresent(this::take);
                }
            }
        } catch (IOException e) {
            throw new Problem(Problem.Kind.MISCONFIGURED, "The folder of imports cannot be read: " + folder + ".", e);
        }
        thread.start();
    }

    /** Stops between two records; the next start goes on. */
    @Override
    public void close() {
        thread.close();
    }

    /**
     * Takes a file and begins to import it when its turn comes. What it holds, its first line or its name tells. Throws {@link Problem} NOT_ALLOWED for those who import nothing, TOO_LARGE above 64 MB.
     *
     * @param dryRun tells what would be done and writes nothing but a report
     * @return the import's id
     */
    public String begin(Actor actor, String fileName, InputStream content, boolean dryRun) throws IOException {
        Actor now = administration.actor(actor.number());
        String scope = now.scope().orElseThrow(() -> new Problem(Problem.Kind.NOT_ALLOWED, "You may not do this here."));
        Rights.require(now, Act.IMPORT, new Place(List.of(scope), Optional.empty(), Set.of()));
        Path job = Files.createDirectories(folder.resolve(TIME.format(clock.instant()) + '-' + HexFormat.of().formatHex(bytes(6))));
        try {
            String sha256 = store(content, job.resolve("input"));
            String name = fileName.replaceAll("[\\p{C}/\\\\]", "").strip();
            Job begun = Job.begin(job, Map.of("file", name.substring(0, Math.min(100, name.length())), "actor", now.number(), "dry-run", Boolean.toString(dryRun), "sha256", sha256,
                "begun", clock.instant().toString(), "ldif", Boolean.toString(isLdif(name, job.resolve("input")))));
            audit(begun, "begun");
            jobs.put(begun.id(), begun);
            waiting.add(begun);
            return begun.id();
        } catch (IOException | RuntimeException e) {
            remove(job);
            throw e;
        }
    }

    /** How far it is; empty for an unknown id. Whoever is shown it must be one of {@link #recent}'s readers. */
    public Optional<Progress> progress(String id) {
        return Optional.ofNullable(jobs.get(id)).map(Job::progress);
    }

    /** The same for those who may see it: who began it, the city's administrators, auditors. */
    public Optional<Progress> progress(Actor actor, String id) {
        return visible(actor, id).map(Job::progress);
    }

    /** The last ones that the actor may see, the latest first. */
    public List<Progress> recent(Actor actor) {
        return jobs.values().stream().filter(job -> isVisible(actor, job)).sorted(Comparator.comparing(Job::id).reversed()).limit(RECENT).map(Job::progress).toList();
    }

    /** Every problem as CSV; empty before the end. */
    public Optional<Path> report(Actor actor, String id) {
        return visible(actor, id).filter(Job::isEnded).map(Job::report).filter(Files::exists);
    }

    /** The records that were refused, as they were, with what must stand before them; empty where there are none. */
    public Optional<Path> setAside(Actor actor, String id) {
        return visible(actor, id).filter(Job::isEnded).map(Job::setAside).filter(Files::exists);
    }

    private void take(Job job) {
        jobs.put(job.id(), job);
        if (!job.isEnded()) {
            interrupted.add(job.id());
            waiting.add(job);
        }
    }

    private void work() {
        while (!thread.isClosed()) {
            try {
                run(waiting.take());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void run(Job job) throws InterruptedException {
        while (!administration.index().isLoaded()) {
            Thread.sleep(200);
        }
        job.runs();
        Failure failure = null;
        try {
            if (job.isDryRun()) {
                Files.deleteIfExists(job.journal()); // nothing of it was done
            }
            new Run(job, job.isDryRun() ? rehearsal() : administration.inBulk(), clock, patience, interrupted.contains(job.id()) && !job.isDryRun()).run();
        } catch (Run.Stopped e) {
            LOG.warn("Import {} stops: {}", job.id(), e.getMessage(), e.failure() == Failure.NOT_READABLE ? null : e);
            failure = e.failure();
        } catch (IOException | RuntimeException e) {
            LOG.error("Import {} stops", job.id(), e);
            failure = Failure.UNEXPECTED;
        }
        audit(job, failure == null ? "done" : "failed");
        try {
            job.ends(clock.instant(), failure);
        } catch (IOException e) {
            LOG.error("The end of import {} cannot be written", job.id(), e);
            job.fails(clock.instant(), Failure.DISK);
        }
    }

    private Administration rehearsal() {
        Rehearsal register = new Rehearsal(administration.index());
        DirectoryIndex index = new DirectoryIndex(register, clock);
        index.read();
        return administration.on(register, index).inBulk();
    }

    private void audit(Job job, String outcome) {
        Progress progress = job.progress();
        Map<String, String> what = new HashMap<>(Map.of("import", job.id(), "file", job.fileName(), "sha256", job.sha256(), "dry-run", Boolean.toString(job.isDryRun())));
        if (!outcome.equals("begun")) {
            what.putAll(Map.of("lines", "" + progress.lines(), "added", "" + progress.added(), "changed", "" + progress.changed(), "unchanged", "" + progress.unchanged(),
                "refused", "" + progress.refused()));
        }
        administration.audit().record(new AuditEvent("directory.import", outcome, job.actor(), "directory", what));
    }

    private Optional<Job> visible(Actor actor, String id) {
        return Optional.ofNullable(jobs.get(id)).filter(job -> isVisible(actor, job));
    }

    private static boolean isVisible(Actor actor, Job job) {
        return job.actor().equals(actor.number()) || actor.roles().contains(Role.CITY_ADMINISTRATOR) || actor.roles().contains(Role.AUDITOR);
    }

    /** On disk when it returns; its SHA-256. */
    private static String store(InputStream content, Path file) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > LARGEST) {
                    throw new Problem(Problem.Kind.TOO_LARGE, "A file to import has at most 64 MB.");
                }
                out.write(buffer, 0, read);
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isLdif(String name, Path file) throws IOException {
        if (name.toLowerCase(Locale.ROOT).endsWith(".ldif")) {
            return true;
        }
        try (Lines lines = new Lines(file)) {
            Lines.@Nullable Line first = lines.next();
            return first != null && (first.text().startsWith("dn:") || first.text().startsWith("version:") || first.text().startsWith("# "));
        }
    }

    private static void remove(Path job) throws IOException {
        try (Stream<Path> files = Files.walk(job)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
