package antin.backbone.approval;

import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.HistoryLine;
import antin.directory.password.PasswordPolicy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who made or reset whom. The directory's history tells it, but forgets its oldest lines, so that whoever made a puppet could wash that away by many small changes: what was
 * seen once stays in a table of our own. Safe for use by many threads and several processes.
 */
public final class HandledBy {

    private static final Set<String> LINES = Set.of("created", "role", "password");
    private static final String FACTORS = "factors";
    private static final Duration LATELY = Duration.ofDays(1);

    private final JdbcClient database;
    private final Administration administration;
    private final Clock clock;

    public HandledBy(JdbcClient database, Administration administration, Clock clock) {
        this.database = database;
        this.administration = administration;
        this.clock = clock;
    }

    /** Writes down what the history of all administrators says now. Called often, so that no line is gone before it was seen. */
    public void learn() {
        administration.index().people(person -> PasswordPolicy.isStrictFor(person.roles())).forEach(this::learn);
    }

    /** Whether {@code by} ever created {@code person}, gave them a role, or reset their password or factors. */
    boolean ever(String person, String by) {
        administration.register().person(person).ifPresent(this::learn);
        return database.sql("SELECT count(*) FROM handled_by WHERE person = ? AND by = ?").params(person, by).query(Integer.class).single() > 0;
    }

    /** Whether {@code by} may know the person's present password: they reset it, and either its owner has not changed it since or that was less than a day ago. */
    public boolean knowsPassword(String person, String by) {
        administration.register().person(person).ifPresent(this::learn);
        Instant since = administration.register().passwordState(person).temporary() ? Instant.EPOCH : clock.instant().minus(LATELY);
        return database.sql("SELECT count(*) FROM handled_by WHERE person = ? AND by = ? AND what = 'password' AND at > ?")
            .params(person, by, Timestamp.from(since)).query(Integer.class).single() > 0;
    }

    void factorsReset(String person, String by) {
        keep(person, by, FACTORS, clock.instant());
    }

    private void learn(PersonEntry person) {
        person.history().stream().flatMap(line -> HistoryLine.parse(line).stream()).filter(line -> LINES.contains(line.what()) && !line.by().equals(person.number()))
            .forEach(line -> keep(person.number(), line.by(), line.what(), line.time()));
    }

    private void keep(String person, String by, String what, Instant at) {
        database.sql("INSERT INTO handled_by (person, by, what, at) VALUES (?, ?, ?, ?) ON CONFLICT (person, by, what) DO UPDATE SET at = greatest(handled_by.at, excluded.at)")
            .params(person, by, what, Timestamp.from(at)).update();
    }
}
