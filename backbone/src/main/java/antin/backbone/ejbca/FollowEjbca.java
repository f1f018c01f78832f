package antin.backbone.ejbca;

import antin.ca.CertificateStatus;
import antin.ca.ejbca.EjbcaCertificateAuthority;
import antin.ca.ejbca.EjbcaCertificateAuthority.Decided;
import antin.kernel.Problem;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.BackgroundThread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks each minute whether EJBCA answers, and whether changes that waited for approvals were approved. */
public final class FollowEjbca implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowEjbca.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final EjbcaCertificateAuthority ejbca;
    private final Consumer<CertificateStatus> learn;
    private final AuditLog audit;
    private final BackgroundThread thread = new BackgroundThread("ejbca", this::follow);
    private volatile boolean up;
    private boolean told;

    /** {@code learn} is told of each change. */
    public FollowEjbca(EjbcaCertificateAuthority ejbca, Consumer<CertificateStatus> learn, AuditLog audit, MeterRegistry metrics) {
        this.ejbca = ejbca;
        this.learn = learn;
        this.audit = audit;
        Gauge.builder("antin.ejbca.up", this, follower -> follower.up ? 1 : 0).register(metrics);
    }

    public FollowEjbca start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void follow() {
        while (!thread.isClosed()) {
            look();
            thread.rest(EVERY);
        }
    }

    void look() {
        try {
            ejbca.check();
            for (Decided decided : ejbca.decided()) {
                audit.record(new AuditEvent(decided.act(), "done", decided.actor(), "ejbca", Map.of("serial", decided.status().serial().toString(16))));
                learn.accept(decided.status());
            }
            up = true;
            told = false;
        } catch (Problem e) {
            up = false;
            if (!told) {
                LOG.warn("EJBCA cannot be used now ({}); ./antin doctor ejbca says more", e.detail());
                told = true;
            }
        } catch (RuntimeException e) {
            up = false;
            LOG.error("EJBCA cannot be followed; it is tried again", e);
        }
    }
}
