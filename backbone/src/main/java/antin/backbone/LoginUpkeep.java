package antin.backbone;

import antin.kernel.process.BackgroundThread;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.EndedLogins;
import antin.otp.apppassword.ExpiryReminders;
import antin.otp.vault.Rotation;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the login does by itself: sends letters, reminds of app passwords that end, forgets what nobody asks for any more, brings secrets over to a new key. */
final class LoginUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginUpkeep.class);
    private static final Duration LETTERS = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofMinutes(10);

    private final Runnable letters;
    private final ExpiryReminders reminders;
    private final AppPasswordUse use;
    private final EndedLogins ended;
    private final Rotation rotation;
    private final BackgroundThread thread = new BackgroundThread("login-upkeep", this::run);

    LoginUpkeep(Runnable letters, ExpiryReminders reminders, AppPasswordUse use, EndedLogins ended, Rotation rotation) {
        this.letters = letters;
        this.reminders = reminders;
        this.use = use;
        this.ended = ended;
        this.rotation = rotation;
    }

    LoginUpkeep start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void run() {
        Instant next = Instant.MIN;
        while (!thread.isClosed()) {
            quietly(letters);
            if (Instant.now().isAfter(next)) {
                quietly(rotation::work);
                quietly(reminders::remind);
                quietly(use::sweep);
                quietly(ended::sweep);
                next = Instant.now().plus(REST);
            }
            thread.rest(LETTERS);
        }
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!thread.isClosed()) {
                LOG.warn("The login's upkeep is tried again later: {}", e.toString());
            }
        }
    }
}
