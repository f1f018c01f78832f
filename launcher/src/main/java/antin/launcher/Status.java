package antin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line a process, and what a dead one said last. */
final class Status {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private Status() {
    }

    /** Whether every process is ready. */
    static boolean print(Installation installation, Processes processes, Console console) {
        boolean all = true;
        for (Processes.Entry entry : processes.inStartOrder()) {
            Optional<ProcessHandle> handle = entry.daemon().running();
            boolean ready = handle.isPresent() && entry.ready().isReady();
            all &= ready;
            String state = ready ? "ready" : handle.isPresent() ? "starting or waiting" : entry.daemon().isDead() ? "DIED" : "stopped";
            console.say(String.format("  %-26s %-20s %s", entry.title(), state,
                handle.map(process -> "pid " + process.pid() + ", " + residentMegabytes(process) + " MB" + waiting(ready, entry)).orElse("")));
            if (entry.daemon().isDead()) {
                reportDeath(installation, entry.daemon(), console);
            }
        }
        return all;
    }

    private static String waiting(boolean ready, Processes.Entry entry) {
        List<String> away = ready ? List.of() : entry.away().get();
        return away.isEmpty() ? "" : ", waits for " + String.join(", ", away);
    }

    static void reportDeath(Installation installation, Daemon daemon, Console console) {
        console.say("  " + daemon.name() + " died. Its last lines:");
        LastLines.report(installation, daemon.name()).forEach(line -> console.say("    | " + line));
        console.say("  Its log: " + installation.log(daemon.name()) + " and " + installation.out(daemon.name()) + ". Start it again with ./antin up");
    }

    /** PostgreSQL's helpers share its memory and are not counted. */
    static long residentMegabytes(ProcessHandle process) {
        try {
            Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return matcher.find() ? Long.parseLong(matcher.group(1)) >> 10 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
