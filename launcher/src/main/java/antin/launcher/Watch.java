package antin.launcher;

import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The foreground of {@code up}: reports a process that dies, and ends when all were stopped. */
final class Watch {

    private final Installation installation;
    private final Processes processes;
    private final Console console;

    Watch(Installation installation, Processes processes, Console console) {
        this.installation = installation;
        this.processes = processes;
        this.console = console;
    }

    void run() throws InterruptedException {
        console.say("");
        console.say("Ctrl-C stops everything.");
        Set<String> reported = new HashSet<>();
        while (processes.inStartOrder().stream().anyMatch(entry -> Files.exists(installation.pidFile(entry.daemon().name())))) {
            for (Processes.Entry entry : processes.inStartOrder()) {
                if (!entry.daemon().isDead()) {
                    reported.remove(entry.daemon().name());
                } else if (reported.add(entry.daemon().name())) {
                    Thread.sleep(Duration.ofSeconds(1)); // a stop by ./antin down takes the file away in this time
                    if (entry.daemon().isDead()) {
                        Status.reportDeath(installation, entry.daemon(), console);
                    }
                }
            }
            Thread.sleep(Duration.ofMillis(500));
        }
    }
}
