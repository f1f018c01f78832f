package antin.otp.notice;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters that are still to be sent, in PostgreSQL. */
public final class Outbox implements Notices {

    /**
     * One of them.
     *
     * @param tries how often it was tried in vain
     */
    record Waiting(UUID id, String person, String subject, String text, Instant created, int tries) {
    }

    private static final int LONGEST_SUBJECT = 200;

    private final JdbcClient database;
    private final Clock clock;

    public Outbox(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void send(String person, String subject, String text) {
        String line = subject.replaceAll("\\p{Cntrl}+", " ").strip(); // a name that people chose may be in it: it never starts another field
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("INSERT INTO notice (id, person, subject, body, created, due) VALUES (?, ?, ?, ?, ?, ?)")
            .params(UUID.randomUUID(), person, line.substring(0, line.offsetByCodePoints(0, Math.min(LONGEST_SUBJECT, line.codePointCount(0, line.length())))), text, now, now).update();
    }

    /** Those whose time has come, which no other process has in hand; until {@code busyUntil} they are nobody else's. */
    List<Waiting> take(int most, Instant busyUntil) {
        return database.sql("""
                UPDATE notice SET due = ?, tries = tries + 1 WHERE id IN (SELECT id FROM notice WHERE due <= ? ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id, person, subject, body, created, tries
                """)
            .params(Timestamp.from(busyUntil), Timestamp.from(clock.instant()), most)
            .query((row, number) -> new Waiting(row.getObject("id", UUID.class), row.getString("person"), row.getString("subject"), row.getString("body"),
                row.getTimestamp("created").toInstant(), row.getInt("tries"))).list();
    }

    void done(UUID id) {
        database.sql("DELETE FROM notice WHERE id = ?").param(id).update();
    }

    void later(UUID id, Instant due) {
        database.sql("UPDATE notice SET due = ? WHERE id = ?").params(Timestamp.from(due), id).update();
    }
}
