package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The copy in the backbone's own database, for pages that search by status. Answers about certificates never come from it, but where there is nothing else. */
final class StatusTable {

    /** Up to which change it goes, and when that was known to be right. */
    record Standing(long change, Instant knownAt) {

        static final Standing NOTHING = new Standing(0, Instant.EPOCH);
    }

    private final JdbcTemplate database;
    private final TransactionTemplate transactions;

    StatusTable(DataSource database) {
        this.database = new JdbcTemplate(database);
        this.database.setFetchSize(1_000);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    Standing standing() {
        return database.query("SELECT change, known_at FROM status_feed", (row, number) -> new Standing(row.getLong(1), row.getTimestamp(2).toInstant())).stream().findFirst()
            .orElse(Standing.NOTHING);
    }

    /** Tells all statuses, some at a time in memory (PostgreSQL: in a transaction only). */
    void forEach(Consumer<CertificateStatus> each) {
        transactions.executeWithoutResult(unused -> database.query("SELECT issuer, serial, change, not_after, revoked_at, reason FROM certificate_status", row -> {
            each.accept(status(row));
        }));
    }

    /** Without saying how far it goes. */
    void add(List<CertificateStatus> statuses) {
        transactions.executeWithoutResult(unused -> insert(statuses));
    }

    /** All of it or nothing: a copy never says that it goes further than it does. */
    void keep(List<CertificateStatus> statuses, long change, Instant knownAt) {
        transactions.executeWithoutResult(unused -> {
            insert(statuses);
            database.update("""
                INSERT INTO status_feed (change, known_at) VALUES (?, ?)
                ON CONFLICT (only_row) DO UPDATE SET change = excluded.change, known_at = excluded.known_at""", change, Timestamp.from(knownAt));
        });
    }

    private void insert(List<CertificateStatus> statuses) {
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
    }

    private static CertificateStatus status(ResultSet row) throws SQLException {
        @Nullable Timestamp revokedAt = row.getTimestamp(5);
        Optional<RevocationReason> reason = Optional.ofNullable(row.getString(6)).flatMap(RevocationReason::said);
        return new CertificateStatus(row.getLong(3), row.getString(1), new BigInteger(row.getString(2), 16), row.getTimestamp(4).toInstant(),
            Optional.ofNullable(revokedAt).map(time -> new Revocation(time.toInstant(), reason.orElse(RevocationReason.UNSPECIFIED))));
    }
}
