package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.StoredPieces;
import antin.signing.seal.Seal.Result;
import antin.signing.seal.Seal.State;
import antin.signing.signature.Document;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of seals, and what was answered under an idempotency key for a day. */
public final class Seals {

    static final Duration KEPT = Duration.ofHours(24);
    /** Before the keys of batches' items, with a space that no client can send. These stay as long as their batch. */
    private static final String BATCH = "batch ";
    /** The client that the service itself is where it seals validation reports. */
    public static final String REPORTS = "validation-report";
    private static final int ID_BYTES = 16;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final StoredPieces answers;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Seals(JdbcClient database, TransactionOperations transactions, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.answers = new StoredPieces(database, "seal_result", "seal");
        this.clock = clock;
    }

    /** Closes what an earlier process left half done: nothing of it was answered. */
    public void closeAbandoned() {
        database.sql("UPDATE seal SET state = 'failed', ended = ? WHERE state = 'begun'").param(now()).update();
    }

    /** Forgets answers, the keys they were kept under, and the service's own seals on reports, which nobody asks for again, after a day. */
    public void sweep() {
        Timestamp past = Timestamp.from(clock.instant().minus(KEPT));
        transactions.executeWithoutResult(status -> {
            database.sql("DELETE FROM seal WHERE client = ? AND begun < ?").params(REPORTS, past).update();
            database.sql("DELETE FROM seal_result USING seal WHERE seal.id = seal_result.seal AND begun < ? AND idempotency_key NOT LIKE ?").params(past, BATCH + '%').update();
            database.sql("UPDATE seal SET idempotency_key = NULL WHERE idempotency_key IS NOT NULL AND begun < ? AND idempotency_key NOT LIKE ?").params(past, BATCH + '%').update();
        });
    }

    /** The idempotency key of a batch's item, numbered from 1. */
    public static String ofBatch(String batch, int number) {
        return BATCH + batch + ' ' + number;
    }

    /** Forgets the answers to a batch's items; that they were sealed stays. */
    public void forgetBatch(String batch) {
        String ids = "(SELECT seal.id FROM batch_item JOIN batch ON batch.id = batch_item.batch JOIN seal ON seal.client = batch.client AND seal.state <> 'failed'"
            + " AND seal.idempotency_key = 'batch ' || batch_item.batch || ' ' || batch_item.number WHERE batch.id = ?)";
        transactions.executeWithoutResult(status -> {
            database.sql("DELETE FROM seal_result WHERE seal IN " + ids).param(batch).update();
            database.sql("UPDATE seal SET idempotency_key = NULL WHERE id IN " + ids).param(batch).update();
        });
    }

    /** The new row's id; empty where the client's idempotency key is taken. */
    Optional<String> begin(SealRequest request, String algorithm, String certificate) {
        String id = newId();
        Document document = request.document();
        String idempotencyKey = request.idempotencyKey() == null ? "" : request.idempotencyKey();
        int rows = database.sql("""
                INSERT INTO seal (id, client, idempotency_key, request_digest, state, key, format, level, algorithm, document_name, document_sha256,
                    certificate, begun)
                VALUES (?, ?, nullif(?, ''), ?, 'begun', ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (client, idempotency_key) WHERE idempotency_key IS NOT NULL AND state <> 'failed' DO NOTHING
                """).params(id, request.client(), idempotencyKey, request.digest(), request.key(), request.format().name(),
            request.level().name(), algorithm, document.name(), document.sha256(), certificate, now()).update();
        return rows == 1 ? Optional.of(id) : Optional.empty();
    }

    void fail(String id) {
        database.sql("UPDATE seal SET state = 'failed', ended = ? WHERE id = ?").params(now(), id).update();
    }

    /** Stores the answer where a repeat may ask for it. */
    void complete(String id, Result result, Path file, boolean kept) {
        transactions.executeWithoutResult(status -> {
            database.sql("UPDATE seal SET state = 'done', ended = ?, result_name = ?, result_type = ?, result_sha256 = ?, result_size = ? WHERE id = ?")
                .params(now(), result.name(), result.mediaType(), result.sha256(), result.size(), id).update();
            if (kept) {
                answers.store(id, file);
            }
        });
    }

    /** What stands under the client's idempotency key. */
    Optional<Seal> underKey(String client, String idempotencyKey) {
        return database.sql("SELECT * FROM seal WHERE client = ? AND idempotency_key = ? AND state <> 'failed' AND (begun > ? OR idempotency_key LIKE ?)")
            .params(client, idempotencyKey, Timestamp.from(clock.instant().minus(KEPT)), BATCH + '%').query(Seals::seal).optional();
    }

    /** Of the sealed document, where the seal is done. */
    public Optional<String> digestOfDone(String id) {
        return database.sql("SELECT result_sha256 FROM seal WHERE id = ? AND state = 'done'").param(id).query(String.class).optional();
    }

    /** Empty where there is none or it is another client's. */
    public Optional<Seal> find(String id, String client) {
        return database.sql("SELECT * FROM seal WHERE id = ? AND client = ?").params(id, client).query(Seals::seal).optional();
    }

    /** Writes the kept answer into {@code file}. */
    public void fetch(String id, Path file) {
        if (!answers.fetch(id, file)) {
            throw new Problem(Kind.CONFLICT, "The answer to this Idempotency-Key is no longer kept.");
        }
    }

    private static Seal seal(ResultSet row, int number) throws SQLException {
        String name = row.getString("result_name");
        Result result = name == null ? null : new Result(name, row.getString("result_type"), row.getString("result_sha256"), row.getLong("result_size"));
        return new Seal(row.getString("id"), row.getString("client"), row.getString("request_digest"),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("key"), row.getString("format"), row.getString("level"),
            row.getString("algorithm"), row.getString("document_name"), row.getString("document_sha256"), row.getString("certificate"), result,
            row.getTimestamp("begun").toInstant(), instant(row.getTimestamp("ended")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
