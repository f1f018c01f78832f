package antin.ca.external;

import antin.ca.external.Registered.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table {@code external_certificate}. Safe for use by many threads and several processes. */
final class RegisteredRows {

    private static final String SELECT = """
        SELECT certificate_sha256, owner, purpose, authority, serial, not_after, certificate, registered, registered_by, state, misfit, checked, approval FROM external_certificate WHERE\s""";

    private final Rows rows;

    RegisteredRows(Rows rows) {
        this.rows = rows;
    }

    List<Registered> where(String condition, Object... values) {
        return rows.together(connection -> Rows.query(connection, RegisteredRows::read, SELECT + condition, values));
    }

    /** Throws {@code KEY_OF_ANOTHER} where the key has another owner; one that is there already stands as it is shown to stand now. */
    void keep(Registered one, String keySha256) {
        rows.together(connection -> {
            Rows.query(connection, row -> row.getString(1), "SELECT pg_advisory_xact_lock(hashtext(?))::text", keySha256); // two owners at the same time
            if (!Rows.query(connection, row -> row.getString(1), "SELECT owner FROM external_certificate WHERE key_sha256 = ? AND owner <> ?", keySha256, one.owner()).isEmpty()) {
                throw new OutsideRefusal(OutsideFault.KEY_OF_ANOTHER);
            }
            return Rows.update(connection, """
                INSERT INTO external_certificate (certificate_sha256, key_sha256, owner, purpose, authority, serial, not_after, certificate, registered, registered_by, state, told, misfit, checked, tried)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (certificate_sha256) DO UPDATE SET purpose = excluded.purpose, registered_by = excluded.registered_by, state = excluded.state,
                    told = excluded.told, misfit = excluded.misfit, checked = excluded.checked, tried = excluded.tried, approval = NULL""", one.certificateSha256(), keySha256, one.owner(), one.purpose(),
                one.authority(), one.serial(), one.notAfter(), one.certificate(), one.registered(), one.registeredBy(), one.state().word(), one.state().word(), one.misfit(), one.checked(), one.checked());
        });
    }

    void asked(String sha256, UUID approval) {
        rows.together(connection -> Rows.update(connection, "UPDATE external_certificate SET approval = ? WHERE certificate_sha256 = ?", approval, sha256));
    }

    /** Whether it was so before. */
    boolean move(String sha256, State from, State to) {
        return rows.together(connection -> Rows.update(connection, "UPDATE external_certificate SET state = ? WHERE certificate_sha256 = ? AND state = ?", to.word(), sha256, from.word())) == 1;
    }

    /** One that something was asked about stays, and counts no more. */
    boolean drop(String sha256) {
        return rows.together(connection -> Rows.update(connection, "DELETE FROM external_certificate c WHERE certificate_sha256 = ? AND state = 'waiting'"
            + " AND NOT EXISTS (SELECT 1 FROM external_request r WHERE r.certificate_sha256 = c.certificate_sha256)", sha256)
            + Rows.update(connection, "UPDATE external_certificate SET state = 'distrusted', told = 'distrusted' WHERE certificate_sha256 = ? AND state = 'waiting'", sha256)) == 1;
    }

    /** Those whose turn it is; of several processes each gets others. */
    List<Registered> due(Instant before, Instant now, int most) {
        return rows.together(connection -> {
            List<String> due = Rows.query(connection, row -> row.getString(1), "UPDATE external_certificate SET tried = ? WHERE certificate_sha256 IN (SELECT certificate_sha256 FROM external_certificate"
                + " WHERE state = 'good' AND (tried < ? OR not_after < ?) ORDER BY tried LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING certificate_sha256", now, before, now, most);
            return due.isEmpty() ? List.<Registered>of() : Rows.query(connection, RegisteredRows::read, SELECT + "certificate_sha256 = ANY (?)", (Object) due.toArray(new String[0]));
        });
    }

    void checked(String sha256, Instant when) {
        rows.together(connection -> Rows.update(connection, "UPDATE external_certificate SET checked = ? WHERE certificate_sha256 = ?", when, sha256));
    }

    void told(Registered one) {
        rows.together(connection -> Rows.update(connection, "UPDATE external_certificate SET told = ? WHERE certificate_sha256 = ?", one.state().word(), one.certificateSha256()));
    }

    private static Registered read(ResultSet row) throws SQLException {
        return new Registered(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getTimestamp(6).toInstant(), row.getBytes(7),
            row.getTimestamp(8).toInstant(), row.getString(9), State.valueOf(row.getString(10).toUpperCase(Locale.ROOT)), row.getString(11), row.getTimestamp(12).toInstant(),
            Optional.ofNullable(row.getObject(13, UUID.class)));
    }
}
