package antin.kernel.process;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a main that all have: its one argument, and one sentence on standard error for the operator where it cannot start. */
public final class StartUp {

    private static final int CANNOT_START = 2;

    private StartUp() {
    }

    /** What reads the configuration and starts the parts. */
    @FunctionalInterface
    public interface Start {
        void with(Settings file) throws Exception;
    }

    /** Starts {@code process} with {@code STATE/conf/PROCESS.properties}; ends the JVM with code 2 where that fails. */
    public static void run(String process, String[] arguments, Start start) {
        Logger log = LoggerFactory.getLogger(StartUp.class);
        try {
            if (arguments.length != 1) {
                throw new Problem(Kind.MISCONFIGURED, "It takes one argument, its configuration file STATE/conf/" + process + ".properties.");
            }
            start.with(Settings.read(Path.of(arguments[0])));
        } catch (Problem e) {
            log.error("Cannot start", e);
            refuse(process, e.detail());
        } catch (Exception e) {
            log.error("Cannot start", e);
            refuse(process, unexpected(e));
        }
    }

    /** What is told of a failure that nobody foresaw. */
    public static String unexpected(Exception failure) {
        return "An unexpected error, " + failure.getClass().getSimpleName() + "; the log has the rest.";
    }

    /** Tells the operator and ends the JVM with code 2. */
    public static void refuse(String process, String sentence) {
        System.err.println("antin: " + process + " cannot start: " + sentence);
        System.exit(CANNOT_START);
    }
}
