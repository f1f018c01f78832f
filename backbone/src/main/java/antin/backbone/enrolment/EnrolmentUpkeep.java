package antin.backbone.enrolment;

import antin.ca.enrol.RequestRefusal;
import antin.kernel.Problem;
import antin.kernel.process.BackgroundThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What enrolment does by itself: asks again what was never answered, and keeps the directory as the certificates are. */
public final class EnrolmentUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentUpkeep.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofSeconds(20);
    /** Longer than a question to the authority takes: what is younger may still be under way. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    private final EnrolledRows rows;
    private final Enrol enrol;
    private final MailCertificates directory;
    private final List<Runnable> further;
    private final Clock clock;
    private volatile Instant nextAsking = Instant.MIN;
    private final BackgroundThread thread = new BackgroundThread("enrolment", this::run);

    /** @param further work of the same kind, each small enough to be asked for three times a minute */
    public EnrolmentUpkeep(EnrolledRows rows, Enrol enrol, MailCertificates directory, List<Runnable> further, Clock clock) {
        this.rows = rows;
        this.enrol = enrol;
        this.directory = directory;
        this.further = List.copyOf(further);
        this.clock = clock;
    }

    public EnrolmentUpkeep start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    /** One round. */
    public void work() {
        if (!clock.instant().isBefore(nextAsking)) {
            rows.unanswered(clock.instant().minus(UNDER_WAY)).forEach(this::askAgain);
        }
        directory.bringUpToDate();
        further.forEach(Runnable::run);
    }

    private void askAgain(UUID id) {
        try {
            enrol.ask(id, "");
        } catch (RequestRefusal e) {
            LOG.info("A certificate that was asked for earlier is refused: {}", e.getMessage());
        } catch (Problem e) {
            LOG.warn("A certificate that was asked for earlier has no answer yet: {}", e.detail());
            nextAsking = clock.instant().plus(PATIENCE); // each try is two lines in the audit log
        }
    }

    private void run() {
        while (!thread.isClosed()) {
            try {
                work();
            } catch (RuntimeException e) {
                if (!thread.isClosed()) {
                    LOG.warn("Certificates are looked after again later: {}", e.toString());
                }
            }
            thread.rest(REST);
        }
    }
}
