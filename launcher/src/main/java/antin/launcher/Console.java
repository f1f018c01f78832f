package antin.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the operator sees: a line a step with the time it took, and plain sentences. */
final class Console {

    /** A piece of work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Shows {@code what} before the work begins, and its time after. */
    void step(String what, Work work) throws Exception {
        Instant begun = Instant.now();
        out.printf("  %-64s", what);
        out.flush();
        try {
            work.run();
        } catch (Exception e) {
            out.println("failed");
            throw e;
        }
        out.printf(Locale.ROOT, "%5.1f s%n", Duration.between(begun, Instant.now()).toMillis() / 1000.0);
        out.flush();
    }
}
