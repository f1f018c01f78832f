package antin.backbone.external;

import antin.ca.external.Recheck;
import antin.ca.external.Registrations;
import antin.kernel.process.BackgroundThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again how registered certificates stand, does what administrators decided, and writes to owners. */
public final class OutsideUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideUpkeep.class);
    private static final Duration REST = Duration.ofSeconds(30);

    private final RegisterOutside register;
    private final Recheck recheck;
    private final OutsideNews news;
    private final BackgroundThread thread = new BackgroundThread("outside-certificates", this::run);

    public OutsideUpkeep(RegisterOutside register, Registrations registrations, OutsideNews news) {
        this.register = register;
        this.recheck = registrations.recheck();
        this.news = news;
    }

    public OutsideUpkeep start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    /** One round. */
    public void work() {
        register.settleAll();
        recheck.work();
        recheck.tell(news::stands);
    }

    private void run() {
        while (!thread.isClosed()) {
            try {
                work();
            } catch (RuntimeException e) {
                if (!thread.isClosed()) {
                    LOG.warn("Certificates of outside authorities are looked after again later: {}", e.toString());
                }
            }
            thread.rest(REST);
        }
    }
}
