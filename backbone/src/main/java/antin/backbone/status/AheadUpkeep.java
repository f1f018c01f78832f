package antin.backbone.status;

import antin.ca.status.SignedAhead;
import antin.kernel.process.BackgroundThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the OCSP answers that are signed ahead, so that nobody waits for a signature. */
public final class AheadUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AheadUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(20);

    private final SignedAhead ahead;
    private final BackgroundThread thread = new BackgroundThread("ocsp-ahead", this::work);

    public AheadUpkeep(SignedAhead ahead) {
        this.ahead = ahead;
    }

    public AheadUpkeep start() {
        thread.start();
        return this;
    }

    private void work() {
        while (!thread.isClosed()) {
            try {
                ahead.renew();
            } catch (RuntimeException e) {
                LOG.error("OCSP answers could not be renewed; they are signed when they are asked for", e);
            }
            thread.rest(EVERY);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
