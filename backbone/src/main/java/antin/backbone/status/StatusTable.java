package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The copy in the backbone's own database. */
final class StatusTable {

    /** What a start begins with. {@code change} is that of the newest status here. */
    record Copy(long change, Instant knownAt, List<CertificateStatus> statuses, Map<String, byte[]> crls) {
    }

    private final JdbcTemplate database;
    private final TransactionTemplate transactions;

    StatusTable(DataSource database) {
        this.database = new JdbcTemplate(database);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /** Empty where nothing was ever copied. */
    Optional<Copy> load() {
        Map<String, byte[]> crls = new HashMap<>();
        database.query("SELECT issuer, der FROM revocation_list", row -> {
            crls.put(row.getString(1), row.getBytes(2));
        });
        return database.query("SELECT change, known_at FROM status_feed", (row, number) -> new Copy(row.getLong(1), row.getTimestamp(2).toInstant(),
            database.query("SELECT issuer, serial, change, not_after, revoked_at, reason FROM certificate_status", StatusTable::status), crls)).stream().findFirst();
    }

    /** All of it or nothing: a copy never says that it goes further than it does. */
    void keep(List<CertificateStatus> statuses, long change, Instant knownAt) {
        transactions.executeWithoutResult(unused -> {
            database.batchUpdate("""
                INSERT INTO certificate_status (issuer, serial, change, not_after, revoked_at, reason) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (issuer, serial) DO UPDATE SET change = excluded.change, not_after = excluded.not_after,
                    revoked_at = excluded.revoked_at, reason = excluded.reason""", statuses, 500, (row, status) -> {
                row.setString(1, status.issuer());
                row.setString(2, status.serial().toString(16));
                row.setLong(3, status.change());
                row.setTimestamp(4, Timestamp.from(status.notAfter()));
                row.setTimestamp(5, status.revocation().map(revocation -> Timestamp.from(revocation.time())).orElse(null));
                row.setString(6, status.revocation().map(revocation -> revocation.reason().word()).orElse(null));
            });
            database.update("""
                INSERT INTO status_feed (change, known_at) VALUES (?, ?)
                ON CONFLICT (only_row) DO UPDATE SET change = excluded.change, known_at = excluded.known_at""", change, Timestamp.from(knownAt));
        });
    }

    void keepCrl(String issuer, byte[] der) {
        database.update("INSERT INTO revocation_list (issuer, der) VALUES (?, ?) ON CONFLICT (issuer) DO UPDATE SET der = excluded.der", issuer, der);
    }

    private static CertificateStatus status(ResultSet row, int number) throws SQLException {
        @Nullable Timestamp revokedAt = row.getTimestamp(5);
        Optional<RevocationReason> reason = Optional.ofNullable(row.getString(6)).flatMap(RevocationReason::said);
        return new CertificateStatus(row.getLong(3), row.getString(1), new BigInteger(row.getString(2), 16), row.getTimestamp(4).toInstant(),
            Optional.ofNullable(revokedAt).map(time -> new Revocation(time.toInstant(), reason.orElse(RevocationReason.UNSPECIFIED))));
    }
}
