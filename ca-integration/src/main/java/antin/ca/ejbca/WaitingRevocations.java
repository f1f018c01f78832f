package antin.ca.ejbca;

import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes of a status that were asked for and wait for approvals there, one row a certificate in {@code ejbca_revocation}. */
final class WaitingRevocations {

    /** One that nobody has decided yet, as far as we know. */
    record Waiting(BigInteger serial, Wish wish, String actor, Instant asked) {
    }

    private final EjbcaJournal journal;

    WaitingRevocations(EjbcaJournal journal) {
        this.journal = journal;
    }

    /** The first wish stays: EJBCA keeps one request a certificate. */
    void add(Waiting waiting) {
        journal.ask(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ejbca_revocation (serial, reason, actor, asked) VALUES (?, ?, ?, ?)
                ON CONFLICT (serial) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, asked = excluded.asked, ended = NULL WHERE ejbca_revocation.ended IS NOT NULL""")) {
                insert.setString(1, waiting.serial().toString(16));
                insert.setString(2, waiting.wish().word());
                insert.setString(3, waiting.actor());
                insert.setTimestamp(4, Timestamp.from(waiting.asked()));
                return insert.executeUpdate();
            }
        });
    }

    List<Waiting> all() {
        return journal.ask(connection -> {
            List<Waiting> all = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT serial, reason, actor, asked FROM ejbca_revocation WHERE ended IS NULL ORDER BY asked");
                 ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new Waiting(new BigInteger(row.getString(1), 16), Wish.said(row.getString(2)), row.getString(3),
                        row.getTimestamp(4).toInstant()));
                }
            }
            return all;
        });
    }

    /** It was decided, one way or another. */
    void end(BigInteger serial, Instant now) {
        journal.ask(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE ejbca_revocation SET ended = ? WHERE serial = ? AND ended IS NULL")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setString(2, serial.toString(16));
                return update.executeUpdate();
            }
        });
    }
}
