package antin.ca.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** What was opened of the recovery archive. Safe for use by many threads. */
public final class RecoveryOpenings {

    private static final Object ONE_AT_A_TIME = new Object();

    private final LedgerDatabase database;

    public RecoveryOpenings(LedgerDatabase database) {
        this.database = database;
    }

    /** Enters one, unless {@code most} were entered after {@code since}, or this approval was used before: then false. One process writes to a ledger. */
    public boolean enter(Instant now, String owner, String approval, String requester, String approver, Instant since, int most) {
        try {
            synchronized (ONE_AT_A_TIME) {
                return database.together(connection -> {
                    try (PreparedStatement count = connection.prepareStatement("SELECT count(*), count(*) FILTER (WHERE approval = ?) FROM recovery_opening WHERE at > ? OR approval = ?")) {
                        count.setString(1, approval);
                        count.setTimestamp(2, Timestamp.from(since));
                        count.setString(3, approval);
                        try (ResultSet row = count.executeQuery()) {
                            if (!row.next() || row.getInt(1) >= most || row.getInt(2) > 0) {
                                return false;
                            }
                        }
                    }
                    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO recovery_opening (at, owner, approval, requester, approver) VALUES (?, ?, ?, ?, ?)")) {
                        insert.setTimestamp(1, Timestamp.from(now));
                        insert.setString(2, owner);
                        insert.setString(3, approval);
                        insert.setString(4, requester);
                        insert.setString(5, approver);
                        insert.executeUpdate();
                    }
                    return true;
                });
            }
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }
}
