package antin.ca;

import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssueCertificate;
import antin.kernel.Problem;
import antin.kernel.process.BackgroundThread;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes anew, long before its end, what the bootstrap made: the keys and certificates of listeners, processes and status keys. Whoever uses them takes up the new files
 * by itself ({@link antin.kernel.tls.TlsIdentity}).
 */
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final CaSettings settings;
    private final IssueCertificate issue;
    private final BooleanSupplier ledger;
    private final Clock clock;
    private final BackgroundThread thread = new BackgroundThread("renewal", this::run);

    /** @param ledger whether it is there: without it nothing is signed */
    Renewal(CaSettings settings, IssueCertificate issue, BooleanSupplier ledger, Clock clock) {
        this.settings = settings;
        this.issue = issue;
        this.ledger = ledger;
        this.clock = clock;
    }

    Renewal start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void run() {
        while (!thread.isClosed()) {
            thread.rest(settings.renewalLook());
            try {
                if (!thread.isClosed() && ledger.getAsBoolean()) {
                    new Bootstrap(settings, issue, clock, LOG::info).run();
                }
            } catch (IOException | GeneralSecurityException | Problem e) {
                LOG.error("Keys and certificates could not be looked after; it is tried again in {}", settings.renewalLook(), e);
            } catch (RuntimeException e) {
                LOG.error("Keys and certificates could not be looked after, which should not be; it is tried again", e);
            }
        }
    }
}
