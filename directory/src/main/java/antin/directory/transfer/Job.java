package antin.directory.transfer;

import antin.directory.transfer.Outcome.Kind;
import antin.directory.transfer.Progress.Failure;
import antin.directory.transfer.Progress.State;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * An import and its folder: {@code begun.properties}, {@code input}, {@code journal}, and at the end {@code report.csv}, perhaps {@code set-aside.csv} or {@code .ldif}, and {@code ended.properties}, without
 * which it is not at its end.
 */
final class Job {

    private static final int FIRST_PROBLEMS = 20;

    private final Path folder;
    private final Properties begun;
    private final Tally tally = new Tally();
    private volatile State state = State.WAITING;
    private volatile int lines;
    private volatile @Nullable Instant ended;
    private volatile @Nullable Failure failure;

    private Job(Path folder, Properties begun) {
        this.folder = folder;
        this.begun = begun;
    }

    /** A new one; its input lies in the folder already. */
    static Job begin(Path folder, Map<String, String> about) throws IOException {
        Properties properties = new Properties();
        properties.putAll(about);
        Job job = new Job(folder, properties);
        write(folder.resolve("begun.properties"), properties);
        return job;
    }

    /** One that is there; empty where a crash came before it had begun. */
    static Optional<Job> open(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("begun.properties"))) {
            return Optional.empty();
        }
        Job job = new Job(folder, read(folder.resolve("begun.properties")));
        if (Files.exists(folder.resolve("ended.properties"))) {
            Properties end = read(folder.resolve("ended.properties"));
            Journal.open(job.journal(), job.tally).close();
            job.lines = Integer.parseInt(end.getProperty("lines"));
            job.ended = Instant.parse(end.getProperty("ended"));
            job.failure = end.containsKey("failure") ? Failure.valueOf(end.getProperty("failure")) : null;
            job.state = State.valueOf(end.getProperty("state"));
        }
        return Optional.of(job);
    }

    String id() {
        return folder.getFileName().toString();
    }

    String actor() {
        return begun.getProperty("actor");
    }

    String fileName() {
        return begun.getProperty("file");
    }

    String sha256() {
        return begun.getProperty("sha256");
    }

    boolean isDryRun() {
        return Boolean.parseBoolean(begun.getProperty("dry-run"));
    }

    boolean isLdif() {
        return Boolean.parseBoolean(begun.getProperty("ldif"));
    }

    Instant begun() {
        return Instant.parse(begun.getProperty("begun"));
    }

    Path input() {
        return folder.resolve("input");
    }

    Path journal() {
        return folder.resolve("journal");
    }

    Path report() {
        return folder.resolve("report.csv");
    }

    Path setAside() {
        return folder.resolve(isLdif() ? "set-aside.ldif" : "set-aside.csv");
    }

    Tally tally() {
        return tally;
    }

    boolean isEnded() {
        return ended != null;
    }

    void runs() {
        state = State.RUNNING;
    }

    void has(int records) {
        lines = records;
    }

    /** For good, on disk when it returns. */
    void ends(Instant time, @Nullable Failure why) throws IOException {
        State end = why == null ? State.DONE : State.FAILED;
        Properties properties = new Properties();
        properties.putAll(Map.of("state", end.name(), "ended", time.toString(), "lines", Integer.toString(lines)));
        if (why != null) {
            properties.put("failure", why.name());
        }
        write(folder.resolve("ended.properties"), properties);
        fails(time, why);
    }

    /** At least for as long as this process lives: the disk may not take it. */
    void fails(Instant time, @Nullable Failure why) {
        failure = why;
        ended = time;
        state = why == null ? State.DONE : State.FAILED;
    }

    Progress progress() {
        List<LineProblem> problems = tally.problems(FIRST_PROBLEMS);
        return new Progress(id(), fileName(), actor(), isDryRun(), state, lines, tally.done(), tally.count(Kind.ADDED), tally.count(Kind.CHANGED), tally.count(Kind.UNCHANGED),
            tally.count(Kind.REFUSED), begun(), Optional.ofNullable(ended), problems, Optional.ofNullable(failure));
    }

    /** Whole or not at all, and on disk when it returns. */
    private static void write(Path file, Properties properties) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try (OutputStream out = Files.newOutputStream(half)) {
            properties.store(out, null);
        }
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
