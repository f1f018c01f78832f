package antin.mail.session;

import antin.directory.Directory;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.process.BackgroundThread;
import antin.mail.session.OpenSessions.OpenSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the directory every 15 seconds whether the people with open sessions are still there and may still open what they opened; ends the sessions of the
 * others. While the directory is away nothing ends: that says nothing about anybody.
 */
public final class AccountWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Directory directory;
    private final OpenSessions sessions;
    private final BackgroundThread thread = new BackgroundThread("account-watch", this::run);

    public AccountWatch(Directory directory, OpenSessions sessions) {
        this.directory = directory;
        this.sessions = sessions;
    }

    public AccountWatch start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void run() {
        while (!thread.isClosed()) {
            thread.rest(EVERY);
            try {
                look();
            } catch (Problem e) {
                LOG.warn("The directory does not tell who is still there: {}", e.detail());
            } catch (RuntimeException e) {
                LOG.error("The open sessions could not be looked through", e);
            }
        }
    }

    private void look() {
        Map<String, List<OpenSession>> byPerson = sessions.all().stream().collect(Collectors.groupingBy(session -> session.access().person()));
        byPerson.forEach((number, theirs) -> {
            Optional<Person> person = directory.person(number);
            if (person.isEmpty()) {
                sessions.end(number, Optional.empty());
            } else {
                theirs.stream().map(session -> session.access().mailbox()).distinct().filter(mailbox -> directory.mailbox(person.get(), mailbox).isEmpty())
                    .forEach(mailbox -> sessions.endThose(session -> session.access().person().equals(number) && session.access().mailbox().equals(mailbox)));
            }
        });
    }
}
