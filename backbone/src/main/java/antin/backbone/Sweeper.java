package antin.backbone;

import antin.otp.login.Activity;
import antin.otp.sentcode.SentCodes;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes rows that have no more effect, so that the tables do not grow with use. Sessions are swept by Spring Session itself. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final Throttle throttle;
    private final PasswordBudget budget;
    private final SentCodes sentCodes;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sweeper");
        thread.setDaemon(true);
        return thread;
    });

    Sweeper(JdbcClient database, Throttle throttle, PasswordBudget budget, SentCodes sentCodes, Clock clock) {
        this.database = database;
        this.throttle = throttle;
        this.budget = budget;
        this.sentCodes = sentCodes;
        this.clock = clock;
    }

    Sweeper start() {
        var unused = timer.scheduleWithFixedDelay(this::sweepQuietly, PERIOD.toMinutes(), PERIOD.toMinutes(), TimeUnit.MINUTES);
        return this;
    }

    void sweep() {
        Instant past = clock.instant().minus(PERIOD);
        database.sql("""
                DELETE FROM oauth2_authorization WHERE coalesce(greatest(refresh_token_expires_at, access_token_expires_at, authorization_code_expires_at, device_code_expires_at),
                made + interval '1 day') < ?
                """).param(Timestamp.from(past)).update();
        database.sql("DELETE FROM client_assertion WHERE expires < ?").param(Timestamp.from(past)).update();
        database.sql("DELETE FROM factor_enrolment WHERE expires < ?").param(Timestamp.from(past)).update();
        database.sql("DELETE FROM enrolment_ticket WHERE expires < ?").param(Timestamp.from(past)).update();
        database.sql("DELETE FROM passkey_challenge WHERE expires < ?").param(Timestamp.from(past)).update();
        database.sql("DELETE FROM activity WHERE at < ?").param(Timestamp.from(past.minus(Activity.KEPT))).update();
        throttle.sweep();
        budget.sweep();
        sentCodes.sweep();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sweepQuietly() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.warn("Old rows could not be removed; it is tried again later", e);
        }
    }
}
