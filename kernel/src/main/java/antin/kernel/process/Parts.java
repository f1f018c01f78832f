package antin.kernel.process;

import antin.kernel.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs in a process, in the order in which it was started. It is closed in the reverse order. One thread adds, one closes. */
public final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /** The list of parts. What it throws is told by {@link #start}. */
    @FunctionalInterface
    public interface Assembly<E extends Exception> {
        void assemble(Parts parts) throws E;
    }

    /**
     * Starts all parts, or none: where one fails, those that run are closed and the failure is thrown, as the {@link Problem}
     * behind it where there is one. That one of {@code ports} is taken is such a problem.
     */
    public static <E extends Exception> Parts start(Ports ports, Assembly<E> assembly) throws E {
        Parts parts = new Parts();
        try {
            assembly.assemble(parts);
            return parts;
        } catch (Exception e) {
            parts.close();
            Optional<Problem> problem = ports.problem(e);
            if (problem.isPresent()) {
                throw problem.get();
            }
            throw e;
        }
    }

    /** {@code part} runs, and is closed before those that were added earlier. */
    public <T extends AutoCloseable> T add(T part) {
        running.push(part);
        return part;
    }

    /** Closes them when the process is told to end (SIGTERM). */
    public void closeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    }

    /** A part that fails to close does not keep the others from it. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly", e);
            }
        }
    }
}
