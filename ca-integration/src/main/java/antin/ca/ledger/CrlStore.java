package antin.ca.ledger;

import java.sql.Connection;
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
     * @param content     which ones, in short; empty where that was not kept
     */
    public record Crl(String issuer, long number, int revocations, byte[] content, Instant thisUpdate, Instant nextUpdate, byte[] der) {
    }

    /**
     * A delta CRL (RFC 5280, 5.2.4).
     *
     * @param base       the number of the full CRL from which it counts
     * @param baseUpdate when that one was signed
     */
    public record DeltaCrl(String issuer, long number, long base, Instant baseUpdate, Instant nextUpdate, byte[] der) {
    }

    private final LedgerDatabase database;

    public CrlStore(LedgerDatabase database) {
        this.database = database;
    }

    public Optional<Crl> last(String issuer) {
        try {
            return database.ask(connection -> {
                try (PreparedStatement select = connection.prepareStatement("select number, revocations, coalesce(content, '') as content, this_update, next_update, der from crl where issuer = ?")) {
                    select.setString(1, issuer);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.of(new Crl(issuer, row.getLong("number"), row.getInt("revocations"), row.getBytes("content"),
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
            database.ask(connection -> insert(connection, crl));
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    public Optional<DeltaCrl> lastDelta(String issuer) {
        try {
            return database.ask(connection -> {
                try (PreparedStatement select = connection.prepareStatement("select number, base, base_update, next_update, der from delta_crl where issuer = ?")) {
                    select.setString(1, issuer);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.of(new DeltaCrl(issuer, row.getLong("number"), row.getLong("base"),
                            row.getTimestamp("base_update").toInstant(), row.getTimestamp("next_update").toInstant(), row.getBytes("der"))) : Optional.empty();
                    }
                }
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** Both or neither, since they have one number (RFC 5280, 5.2.4). */
    public void store(Crl crl, DeltaCrl delta) {
        try {
            database.together(connection -> {
                insert(connection, crl);
                return insert(connection, delta);
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    private static int insert(Connection connection, Crl crl) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into crl (issuer, number, revocations, this_update, next_update, der, content)"
            + " values (?, ?, ?, ?, ?, ?, ?) on conflict (issuer) do update set number = excluded.number, revocations = excluded.revocations,"
            + " this_update = excluded.this_update, next_update = excluded.next_update, der = excluded.der, content = excluded.content where crl.number < excluded.number")) {
            insert.setString(1, crl.issuer);
            insert.setLong(2, crl.number);
            insert.setInt(3, crl.revocations);
            insert.setTimestamp(4, Timestamp.from(crl.thisUpdate));
            insert.setTimestamp(5, Timestamp.from(crl.nextUpdate));
            insert.setBytes(6, crl.der);
            insert.setBytes(7, crl.content);
            return insert.executeUpdate();
        }
    }

    private static int insert(Connection connection, DeltaCrl delta) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into delta_crl (issuer, number, base, base_update, next_update, der)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (issuer) do update set number = excluded.number, base = excluded.base,"
            + " base_update = excluded.base_update, next_update = excluded.next_update, der = excluded.der where delta_crl.number < excluded.number")) {
            insert.setString(1, delta.issuer);
            insert.setLong(2, delta.number);
            insert.setLong(3, delta.base);
            insert.setTimestamp(4, Timestamp.from(delta.baseUpdate));
            insert.setTimestamp(5, Timestamp.from(delta.nextUpdate));
            insert.setBytes(6, delta.der);
            return insert.executeUpdate();
        }
    }
}
