package antin.ca.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The last CRL of each authority. */
public final class CrlStore {

    /**
     * One CRL (RFC 5280, 5).
     *
     * @param revocations how many certificates it names
     */
    public record Crl(String issuer, long number, int revocations, Instant thisUpdate, Instant nextUpdate, byte[] der) {
    }

    private final LedgerDatabase database;

    public CrlStore(LedgerDatabase database) {
        this.database = database;
    }

    public Optional<Crl> last(String issuer) {
        try {
            return database.ask(connection -> {
                try (PreparedStatement select = connection.prepareStatement("select number, revocations, this_update, next_update, der from crl where issuer = ?")) {
                    select.setString(1, issuer);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.of(new Crl(issuer, row.getLong("number"), row.getInt("revocations"),
                            row.getTimestamp("this_update").toInstant(), row.getTimestamp("next_update").toInstant(), row.getBytes("der"))) : Optional.empty();
                    }
                }
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** Replaces the one before; a lower number never replaces a higher one (RFC 5280, 5.2.3). */
    public void store(Crl crl) {
        try {
            database.ask(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("insert into crl (issuer, number, revocations, this_update, next_update, der)"
                    + " values (?, ?, ?, ?, ?, ?) on conflict (issuer) do update set number = excluded.number, revocations = excluded.revocations,"
                    + " this_update = excluded.this_update, next_update = excluded.next_update, der = excluded.der where crl.number < excluded.number")) {
                    insert.setString(1, crl.issuer);
                    insert.setLong(2, crl.number);
                    insert.setInt(3, crl.revocations);
                    insert.setTimestamp(4, Timestamp.from(crl.thisUpdate));
                    insert.setTimestamp(5, Timestamp.from(crl.nextUpdate));
                    insert.setBytes(6, crl.der);
                    return insert.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }
}
