package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.StoredPieces;
import antin.signing.WorkFolder;
import antin.signing.deferred.DeferredSignature.State;
import antin.signing.signature.Packaging;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedDocument;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of signatures that wait for their value, and their documents until then. */
public final class DeferredSignatures {

    private static final Duration KEY_KEPT = Duration.ofHours(24);

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final StoredPieces documents;
    private final StoredPieces results;
    private final int atOnce;
    private final Clock clock;

    /** @param atOnce how many of one client's wait for their value */
    public DeferredSignatures(JdbcClient database, TransactionOperations transactions, int atOnce, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.documents = new StoredPieces(database, "deferred_document", "signature");
        this.results = new StoredPieces(database, "deferred_result", "signature");
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /** What an earlier process was about to complete was not answered: its value may be sent again. */
    public void releaseAbandoned() {
        database.sql("UPDATE deferred_signature SET state = 'prepared' WHERE state = 'completing'").update();
    }

    /** Gives up what nobody sent a value for in time, and forgets what was kept for repeats. */
    public void sweep() {
        transactions.executeWithoutResult(status -> {
            database.sql("DELETE FROM deferred_document USING deferred_signature s WHERE s.id = signature AND s.state = 'prepared' AND s.expires < ?").param(now()).update();
            database.sql("UPDATE deferred_signature SET state = 'failed', ended = ?, particulars = NULL, password = NULL WHERE state = 'prepared' AND expires < ?").params(now(), now()).update();
            database.sql("DELETE FROM deferred_result USING deferred_signature s WHERE s.id = signature AND s.ended < ?").param(past(PrepareSignature.KEPT)).update();
            database.sql("UPDATE deferred_signature SET idempotency_key = NULL WHERE idempotency_key IS NOT NULL AND begun < ?").param(past(KEY_KEPT)).update();
        });
    }

    /** False where the client's idempotency key is taken. @throws Problem {@code LIMIT_REACHED} where too many of the client's wait */
    boolean insert(DeferredSignature row, Path document, DeferredRequest request) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            // one after the other for each client, so that two do not both find the last place
            database.sql("SELECT pg_advisory_xact_lock(hashtext('deferred'), hashtext(?))").param(row.client()).query((found, number) -> true).list();
            checkPlace(row.client());
            int rows = database.sql("""
                    INSERT INTO deferred_signature (id, client, state, format, level, packaging, algorithm, signing_time, reason, location, document_name,
                        document_sha256, document_size, chain, digest, begun, expires, particulars, digest_algorithm, password, idempotency_key, request_digest)
                    VALUES (?, ?, 'prepared', ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), ?)
                    ON CONFLICT (client, idempotency_key) WHERE idempotency_key IS NOT NULL AND state <> 'failed' DO NOTHING
                    """).params(row.id(), row.client(), row.format(), row.level().name(), row.packaging().name(), row.algorithm().name(), Timestamp.from(row.signingTime()),
                text(row.reason()), text(row.location()), row.documentName(), row.documentSha256(), row.documentSize(), encoded(row.chain()), row.digest(),
                Timestamp.from(row.begun()), Timestamp.from(row.expires()), Keeping.text(row.particulars()), text(row.digestAlgorithm()),
                row.password() == null ? "" : row.password().secret(), text(request.idempotencyKey()), request.digest()).update();
            if (rows == 1) {
                documents.store(row.id(), document);
            }
            return rows == 1;
        }));
    }

    /** @throws Problem {@code LIMIT_REACHED} where as many as may be wait for their value */
    void checkPlace(String client) {
        int waiting = database.sql("SELECT count(*) FROM deferred_signature WHERE client = ? AND state IN ('prepared', 'completing') AND expires >= ?").params(client, now())
            .query(Integer.class).single();
        if (waiting >= atOnce) {
            throw new Problem(Kind.LIMIT_REACHED, "This client has " + waiting + " prepared signatures that wait for their value, which is all it may.");
        }
    }

    /** What stands under the client's idempotency key. @throws Problem {@code CONFLICT} where something else was asked under it */
    Optional<DeferredSignature> underKey(String client, String idempotencyKey, String requestDigest) {
        Optional<DeferredSignature> row = database.sql("SELECT * FROM deferred_signature WHERE client = ? AND idempotency_key = ? AND state <> 'failed' AND (state = 'done' OR expires >= ?)")
            .params(client, idempotencyKey, now()).query(DeferredSignatures::row).optional();
        if (row.isPresent() && database.sql("SELECT count(*) FROM deferred_signature WHERE id = ? AND request_digest = ?").params(row.get().id(), requestDigest).query(Integer.class).single() == 0) {
            throw new Problem(Kind.CONFLICT, "This Idempotency-Key was used for another request.");
        }
        return row;
    }

    /** What a value that came before was answered with, less than ten minutes ago, in a file that the receiver removes; empty for any other value. */
    Optional<SignedDocument> repeat(String id, String client, String valueSha256, Supplier<Path> newFile) {
        return database.sql("SELECT result_name, result_type FROM deferred_signature WHERE id = ? AND client = ? AND state = 'done' AND value_sha256 = ? AND ended >= ?")
            .params(id, client, valueSha256, past(PrepareSignature.KEPT)).query((row, number) -> new String[] {row.getString(1), row.getString(2)}).optional().flatMap(names -> {
                Path file = newFile.get();
                if (results.fetch(id, file)) {
                    return Optional.of(new SignedDocument(file, names[0], names[1]));
                }
                WorkFolder.remove(file);
                return Optional.empty();
            });
    }

    /** From now on nobody else may complete it. */
    DeferredSignature take(String id, String client) {
        int rows = database.sql("UPDATE deferred_signature SET state = 'completing' WHERE id = ? AND client = ? AND state = 'prepared' AND expires >= ?")
            .params(id, client, now()).update();
        DeferredSignature row = find(id, client).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such signature of this client's."));
        if (rows == 1) {
            return row;
        }
        throw row.state() == State.DONE || row.state() == State.COMPLETING
            ? new Problem(Kind.CONFLICT, "This signature has its value. Each is completed once.")
            : new Problem(Kind.EXPIRED, "This signature was given up, or its ten minutes are over. Prepare it anew.");
    }

    void release(String id) {
        database.sql("UPDATE deferred_signature SET state = 'prepared' WHERE id = ?").param(id).update();
    }

    void fail(String id) {
        end(id, "failed", "");
    }

    void complete(String id, String sha256, String valueSha256, SignedDocument signed) {
        transactions.executeWithoutResult(status -> {
            end(id, "done", sha256);
            database.sql("UPDATE deferred_signature SET value_sha256 = ?, result_name = ?, result_type = ? WHERE id = ?").params(valueSha256, signed.name(), signed.mediaType(), id).update();
            results.store(id, signed.file());
        });
    }

    /** Gives it up for its client; false where there is none that waits. */
    public boolean delete(String id, String client) {
        boolean waits = find(id, client).filter(row -> row.state() == State.PREPARED).isPresent();
        if (waits) {
            fail(id);
        }
        return waits;
    }

    /** Empty where there is none or it is another client's. */
    public Optional<DeferredSignature> find(String id, String client) {
        return database.sql("SELECT * FROM deferred_signature WHERE id = ? AND client = ?").params(id, client).query(DeferredSignatures::row).optional();
    }

    void fetch(String id, Path file) {
        if (!documents.fetch(id, file)) {
            throw new Problem(Kind.EXPIRED, "The document of this signature is no longer kept. Prepare it anew.");
        }
    }

    private void end(String id, String state, String sha256) {
        transactions.executeWithoutResult(status -> {
            database.sql("UPDATE deferred_signature SET state = ?, ended = ?, result_sha256 = nullif(?, ''), particulars = NULL, password = NULL WHERE id = ?").params(state, now(), sha256, id).update();
            documents.delete(id);
        });
    }

    private static DeferredSignature row(ResultSet row, int number) throws SQLException {
        return new DeferredSignature(row.getString("id"), row.getString("client"), State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("format"),
            SignatureLevel.valueOf(row.getString("level")), Packaging.valueOf(row.getString("packaging")), SignatureAlgorithm.valueOf(row.getString("algorithm")),
            row.getTimestamp("signing_time").toInstant(), row.getString("reason"), row.getString("location"), row.getString("document_name"),
            row.getString("document_sha256"), row.getLong("document_size"), decoded((byte[][]) row.getArray("chain").getArray()), row.getBytes("digest"),
            row.getString("result_sha256"), row.getTimestamp("begun").toInstant(), row.getTimestamp("expires").toInstant(), instant(row.getTimestamp("ended")),
            Keeping.particulars(row.getString("particulars")), row.getString("digest_algorithm"), password(row.getString("password")));
    }

    private static @Nullable Password password(@Nullable String secret) {
        return secret == null ? null : new Password(secret);
    }

    private static byte[][] encoded(List<X509Certificate> chain) {
        return chain.stream().map(certificate -> {
            try {
                return certificate.getEncoded();
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("It was read from its encoding", e);
            }
        }).toArray(byte[][]::new);
    }

    private static List<X509Certificate> decoded(byte[][] chain) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] certificate : chain) {
                certificates.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalStateException("It was stored from a certificate", e);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private Timestamp past(Duration ago) {
        return Timestamp.from(clock.instant().minus(ago));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
