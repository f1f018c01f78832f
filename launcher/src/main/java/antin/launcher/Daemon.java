package antin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process that outlives the launcher: in a session of its own, so that Ctrl-C reaches the launcher only, and known by a
 * file with its number and start time, so that a number used again by another program is not taken for it.
 */
final class Daemon {

    private final String name;
    private final Installation installation;
    private final String stopSignal;
    private @Nullable Process started;
    private int timesStarted;

    Daemon(String name, Installation installation, String stopSignal) {
        this.name = name;
        this.installation = installation;
        this.stopSignal = stopSignal;
    }

    String name() {
        return name;
    }

    /** The process, while it lives. */
    Optional<ProcessHandle> running() {
        try {
            String[] field = Files.readString(installation.pidFile(name)).strip().split(" ", -1);
            if (field.length != 2) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(field[0])).filter(ProcessHandle::isAlive)
                .filter(handle -> startOf(handle) == Long.parseLong(field[1]));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it was started and not stopped by us, yet lives no more. */
    boolean isDead() {
        return Files.exists(installation.pidFile(name)) && running().isEmpty();
    }

    ProcessHandle start(List<String> command, Path folder, Map<String, String> environment) throws IOException {
        Path out = installation.out(name);
        Files.createDirectories(out.toAbsolutePath().getParent());
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached).directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true).redirectOutput(out.toFile());
        JavaProgram.cleanEnvironment(builder.environment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        ProcessHandle handle = process.toHandle();
        started = process;
        timesStarted++;
        Path pidFile = installation.pidFile(name);
        Files.createDirectories(pidFile.toAbsolutePath().getParent());
        Files.writeString(pidFile, handle.pid() + " " + startOf(handle) + "\n");
        return handle;
    }

    /** Asks it to stop, waits, and in the end kills it. Nothing happens where it does not run. */
    void stop(Duration patience) throws IOException, InterruptedException {
        Optional<ProcessHandle> handle = running();
        if (handle.isPresent()) {
            signal(handle.get(), stopSignal);
            if (!awaitEnd(handle.get(), patience)) {
                handle.get().destroyForcibly();
                awaitEnd(handle.get(), Duration.ofSeconds(10));
                // Cut off in the middle it would not be made again, and keep the JVM from its own archive at every start.
                Files.deleteIfExists(installation.classData(name));
            }
        }
        Files.deleteIfExists(installation.pidFile(name));
    }

    /** How often this object started it. */
    int timesStarted() {
        return timesStarted;
    }

    /** Waits for the end of what this object started, and gives its exit code. */
    int awaitExit() throws InterruptedException {
        if (started == null) {
            throw new IllegalStateException(name + " was not started here.");
        }
        return started.waitFor();
    }

    private static boolean awaitEnd(ProcessHandle handle, Duration patience) throws InterruptedException {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !handle.isAlive();
        }
    }

    private static void signal(ProcessHandle handle, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid())).redirectErrorStream(true).start().waitFor();
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
