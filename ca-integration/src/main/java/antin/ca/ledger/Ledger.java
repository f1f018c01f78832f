package antin.ca.ledger;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Intents and certificates. What fails with a {@link SQLException} may have happened or not: its caller repeats it, which is
 * safe, since each write here says the same thing when it is said twice.
 */
public final class Ledger {

    private static final String STATUS = "select change, issuer, serial, not_after, revoked, reason from certificate ";

    /** What stands under the name of a wish. */
    public sealed interface Standing {
        /** Nothing stood there: the intent does now. */
        record Begun() implements Standing { }

        /** An intent that never came to a signature, for the same content: to be signed with that serial. */
        record Open(BigInteger serial) implements Standing { }

        /** A certificate, in DER, for the same content. */
        record Issued(byte[] der) implements Standing { }
    }

    private final LedgerDatabase database;

    public Ledger(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Commits the intent, unless its wish or its key is known already. Only one call for a wish may be under way.
     *
     * @throws Problem {@code CONFLICT} where the wish had another content, {@code MALFORMED_REQUEST} where the key is another subject's
     */
    public Standing begin(Intent intent) {
        try {
            if (database.ask(connection -> insertWithKey(connection, intent))) {
                return new Standing.Begun();
            }
            return database.together(connection -> {
                if (insert(connection, intent)) {
                    claimKey(connection, intent);
                    return new Standing.Begun();
                }
                return standing(connection, intent);
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** A wish and a key that are both new, as nearly all are, in one statement, which is committed whole or not at all; returns false and leaves all as it is otherwise. */
    private static boolean insertWithKey(Connection connection, Intent intent) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("with claimed as (insert into subject_key (key_sha256, subject) select ?, ?"
            + " where not exists (select from intent where request_id = ? and not abandoned) on conflict do nothing returning 1)"
            + " insert into intent (serial, request_id, content, issuer, profile, subject, actor, begun) select ?, ?, ?, ?, ?, ?, ?, ?::timestamptz from claimed")) {
            insert.setBytes(1, intent.keySha256());
            insert.setString(2, intent.subjectKey());
            insert.setString(3, intent.requestId());
            set(insert, 4, intent);
            return insert.executeUpdate() == 1;
        }
    }

    static boolean insert(Connection connection, Intent intent) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into intent (serial, request_id, content, issuer, profile, subject, actor, begun)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            set(insert, 1, intent);
            return insert.executeUpdate() == 1;
        }
    }

    private static void set(PreparedStatement insert, int first, Intent intent) throws SQLException {
        insert.setString(first, hex(intent.serial()));
        insert.setString(first + 1, intent.requestId());
        insert.setBytes(first + 2, intent.content());
        insert.setString(first + 3, intent.issuer());
        insert.setString(first + 4, intent.profile());
        insert.setString(first + 5, intent.subject());
        insert.setString(first + 6, intent.actor());
        insert.setTimestamp(first + 7, Timestamp.from(intent.begun()));
    }

    private static void claimKey(Connection connection, Intent intent) throws SQLException {
        if (claim(connection, intent)) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement("select subject, compromised from subject_key where key_sha256 = ?")) {
            select.setBytes(1, intent.keySha256());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || !row.getString(1).equals(intent.subjectKey())) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "The key belongs to another subject already. Make a new one.");
                }
                if (row.getBoolean("compromised")) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "The key was compromised: a certificate of it was revoked with keyCompromise. Make a new one.");
                }
            }
        }
    }

    static boolean claim(Connection connection, Intent intent) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into subject_key (key_sha256, subject) values (?, ?) on conflict do nothing")) {
            insert.setBytes(1, intent.keySha256());
            insert.setString(2, intent.subjectKey());
            return insert.executeUpdate() == 1;
        }
    }

    private static Standing standing(Connection connection, Intent intent) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select serial, content, der from intent left join certificate using (serial)"
            + " where request_id = ? and not abandoned")) {
            select.setString(1, intent.requestId());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || !Arrays.equals(row.getBytes("content"), intent.content())) {
                    throw new Problem(Kind.CONFLICT, "The id " + intent.requestId() + " was used for another request.");
                }
                byte[] der = row.getBytes("der");
                return der == null ? new Standing.Open(new BigInteger(row.getString("serial"), 16)) : new Standing.Issued(der);
            }
        }
    }

    /** Returns false where the intent was abandoned, so that the certificate must be thrown away. */
    public boolean store(BigInteger serial, String issuer, byte[] der, Instant notAfter, long change) throws SQLException {
        return database.ask(connection -> insert(connection, serial, issuer, der, notAfter, change) || exists(connection, serial));
    }

    static boolean insert(Connection connection, BigInteger serial, String issuer, byte[] der, Instant notAfter, long change) throws SQLException {
        // for key share: an intent that is just being abandoned is waited for, and then left alone
        try (PreparedStatement insert = connection.prepareStatement("insert into certificate (serial, issuer, der, not_after, change)"
            + " select serial, ?, ?, ?, ? from intent where serial = ? and not abandoned for key share on conflict (serial) do nothing")) {
            insert.setString(1, issuer);
            insert.setBytes(2, der);
            insert.setTimestamp(3, Timestamp.from(notAfter));
            insert.setLong(4, change);
            insert.setString(5, hex(serial));
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean exists(Connection connection, BigInteger serial) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from certificate where serial = ?")) {
            select.setString(1, hex(serial));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Leaves a first revocation for good as it is, and the time of a hold; {@code moved} is now. Returns whether this is the first. */
    public boolean revoke(BigInteger serial, Revocation revocation, Instant moved, long change) throws SQLException {
        return database.together(connection -> {
            if (revocation.reason() == RevocationReason.KEY_COMPROMISE) {
                CompromisedKeys.mark(connection, serial);
            }
            return take(connection, "(revoked is null or reason = " + RevocationReason.CERTIFICATE_HOLD.code() + ")", serial, revocation, moved, change);
        });
    }

    /** Holds what is good; returns whether it was. {@code moved} is now. */
    public boolean hold(BigInteger serial, Instant time, Instant moved, long change) throws SQLException {
        return database.ask(connection -> take(connection, "revoked is null", serial, new Revocation(time, RevocationReason.CERTIFICATE_HOLD), moved, change));
    }

    private static boolean take(Connection connection, String where, BigInteger serial, Revocation revocation, Instant moved, long change) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
            "update certificate set revoked = coalesce(revoked, ?), reason = ?, moved = ?, change = ? where serial = ? and " + where)) {
            update.setTimestamp(1, Timestamp.from(revocation.time()));
            update.setInt(2, revocation.reason().code());
            update.setTimestamp(3, Timestamp.from(moved));
            update.setLong(4, change);
            update.setString(5, hex(serial));
            return update.executeUpdate() == 1;
        }
    }

    /** Makes good what is held; returns whether it was. {@code moved} is now. */
    public boolean release(BigInteger serial, Instant moved, long change) throws SQLException {
        return database.ask(connection -> {
            try (PreparedStatement update = connection.prepareStatement("update certificate set revoked = null, reason = null, moved = ?, change = ? where serial = ? and reason = ?")) {
                update.setTimestamp(1, Timestamp.from(moved));
                update.setLong(2, change);
                update.setString(3, hex(serial));
                update.setInt(4, RevocationReason.CERTIFICATE_HOLD.code());
                return update.executeUpdate() == 1;
            }
        });
    }

    public Optional<CertificateStatus> find(BigInteger serial) {
        return statuses(STATUS + "where serial = ?", select -> select.setString(1, hex(serial))).stream().findFirst();
    }

    /** Changes above {@code after} and below {@code below}, oldest first; the internal authority's are nobody's business. */
    public List<CertificateStatus> changes(long after, long below, int limit) {
        return statuses(STATUS + "where change > ? and change < ? and issuer <> 'internal' order by change limit ?", select -> {
            select.setLong(1, after);
            select.setLong(2, below);
            select.setInt(3, limit);
        });
    }

    public List<CertificateStatus> revoked(String issuer) {
        return statuses(STATUS + "where issuer = ? and revoked is not null order by revoked, serial", select -> select.setString(1, issuer));
    }

    /** What was revoked, held or released at {@code since} or later, as it stands now. */
    public List<CertificateStatus> movedSince(String issuer, Instant since) {
        return statuses(STATUS + "where issuer = ? and moved >= ? order by moved, serial", select -> {
            select.setString(1, issuer);
            select.setTimestamp(2, Timestamp.from(since));
        });
    }

    private interface Parameters {
        void set(PreparedStatement select) throws SQLException;
    }

    private List<CertificateStatus> statuses(String sql, Parameters parameters) {
        try {
            return database.ask(connection -> {
                List<CertificateStatus> statuses = new ArrayList<>();
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    parameters.set(select);
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            statuses.add(status(row));
                        }
                    }
                }
                return statuses;
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    static CertificateStatus status(ResultSet row) throws SQLException {
        Timestamp revoked = row.getTimestamp("revoked");
        Optional<Revocation> revocation = revoked == null ? Optional.empty()
            : Optional.of(new Revocation(revoked.toInstant(), RevocationReason.of(row.getInt("reason"))));
        return new CertificateStatus(row.getLong("change"), row.getString("issuer"), new BigInteger(row.getString("serial"), 16),
            row.getTimestamp("not_after").toInstant(), revocation);
    }

    static String hex(BigInteger serial) {
        return serial.toString(16);
    }
}
