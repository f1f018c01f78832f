package antin.backbone;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.process.BackgroundThread;
import antin.kernel.process.Parts;
import antin.server.HttpsSettings;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that need the database: now where it is there, and as soon as it comes where it is not. Meanwhile the process runs, and the public port says that it has to wait. What is
 * set up wrongly keeps the process from its start as ever, where that shows at once.
 */
final class LateParts implements AutoCloseable {

    /** The list of parts; calls {@code freePort} just before it listens on the public port. */
    interface Assembly {
        void assemble(Parts parts, Runnable freePort) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LateParts.class);
    private static final Duration FIRST_REST = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final Assembly assembly;
    private final HttpsSettings publicPort;
    private final BackgroundThread thread = new BackgroundThread("late-parts", this::bring);
    private Parts parts = new Parts();
    private @Nullable WaitingPages waiting;
    private volatile boolean complete;

    LateParts(Assembly assembly, HttpsSettings publicPort) {
        this.assembly = assembly;
        this.publicPort = publicPort;
    }

    /** Returns when they run, or wait for what is away. */
    LateParts start() throws IOException {
        try {
            assemble();
        } catch (Problem e) {
            if (e.kind() != Kind.PEER_UNAVAILABLE) {
                throw e;
            }
            LOG.warn("{} Certificates are answered for; all else waits until it is there", e.detail());
            showThatItWaits();
            thread.start();
        }
        return this;
    }

    /** Whether all of them run. */
    boolean isComplete() {
        return complete;
    }

    private void bring() {
        Duration rest = FIRST_REST;
        String told = "";
        while (!complete && !thread.isClosed()) {
            thread.rest(rest);
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest.multipliedBy(2);
            try {
                showThatItWaits();
                assemble();
                LOG.info("What was waited for is there: all parts run");
            } catch (Problem e) {
                if (e.kind() != Kind.PEER_UNAVAILABLE && !e.detail().equals(told) && !thread.isClosed()) { // a process that answers for certificates does not end for this
                    LOG.error("Not all can start, and it is tried again: {}", e.detail(), e);
                    told = e.detail();
                }
            } catch (IOException | RuntimeException e) {
                if (!thread.isClosed()) {
                    LOG.error("Not all can start, and it is tried again", e);
                }
            }
        }
    }

    private synchronized void assemble() throws IOException {
        Parts fresh = new Parts();
        try {
            assembly.assemble(fresh, this::freePort);
            parts = fresh;
            complete = true;
        } finally {
            if (!complete) {
                fresh.close();
            }
        }
    }

    private synchronized void showThatItWaits() throws IOException {
        if (waiting == null && !thread.isClosed()) {
            waiting = WaitingPages.start(publicPort);
        }
    }

    private synchronized void freePort() {
        WaitingPages shown = waiting;
        waiting = null;
        if (shown != null) {
            shown.close();
        }
    }

    @Override
    public void close() {
        thread.close();
        synchronized (this) {
            freePort();
            parts.close();
        }
    }
}
