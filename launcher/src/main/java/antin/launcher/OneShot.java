package antin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program of the first run, waited for to its end. It leads a process group of its own and is written down, so that a
 * later start can end what a killed launcher left at work, before doing the same step again.
 */
final class OneShot {

    private static final String NAME = "step";

    private OneShot() {
    }

    /** What it prints goes to {@code log/NAME.out}; throws with its own sentence, or last line, where it fails. */
    static void run(Installation installation, String name, List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Daemon step = new Daemon(NAME, installation, "KILL");
        Files.deleteIfExists(installation.out(NAME));
        step.start(command, installation.home(), environment);
        int exit = step.awaitExit();
        Path out = installation.out(name);
        if (Files.exists(installation.out(NAME))) {
            Files.move(installation.out(NAME), out, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(installation.pidFile(NAME));
        if (exit != 0) {
            throw Refusal.of(LastLines.reason(name, out, exit));
        }
    }

    /** Ends, with all its children, what an earlier launcher left at work. */
    static void endLeftOver(Installation installation) throws IOException, InterruptedException {
        Daemon step = new Daemon(NAME, installation, "KILL");
        var left = step.running();
        if (left.isPresent()) {
            left.get().descendants().forEach(ProcessHandle::destroyForcibly);
        }
        step.stop(Duration.ofSeconds(5));
    }
}
