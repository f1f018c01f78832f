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

    private static final int BAR = 40;
    /** Java before 22 cannot tell; the shell script does. */
    private static final boolean WATCHED = Boolean.getBoolean("antin.terminal");

    private final PrintStream out;
    private String bar = "";

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

    /** How far a long piece of work is, on one line that is drawn over where somebody looks; else a line for each tenth. */
    void bar(String what, long done, long all) {
        int full = all == 0 ? 0 : (int) (BAR * done / all);
        String next = "  " + what + " [" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + done + " of " + all;
        if (WATCHED && !next.equals(bar)) {
            out.print('\r' + next);
        } else if (!WATCHED && (bar.isEmpty() || full / 4 > bar.chars().filter(sign -> sign == '#').count() / 4)) {
            out.println(next);
        } else {
            return;
        }
        bar = next;
        out.flush();
    }

    void endBar() {
        if (WATCHED) {
            out.println();
        }
        bar = "";
    }
}
