package antin.signing.batch;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.StoredPieces;
import antin.signing.batch.Batch.State;
import antin.signing.seal.Seals;
import antin.signing.signature.Document;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of batches, as their clients see them: taken in, looked at, given up. */
public final class Batches {

    private static final int ID_BYTES = 16;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final StoredPieces documents;
    private final Seals seals;
    private final BatchSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Batches(JdbcClient database, TransactionOperations transactions, Seals seals, BatchSettings settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.documents = new StoredPieces(database, "batch_document", "item");
        this.seals = seals;
        this.settings = settings;
        this.clock = clock;
    }

    public BatchSettings settings() {
        return settings;
    }

    /** Begins to take one in. @throws Problem {@code LIMIT_REACHED} where the client has too many that have not ended */
    public String open(String client, String address) {
        int open = database.sql("SELECT count(*) FROM batch WHERE client = ? AND state <> 'ended'").param(client).query(Integer.class).single();
        if (open >= settings.mostAtOnce()) {
            throw new Problem(Kind.LIMIT_REACHED, "This client has " + open + " batches that have not ended, which is all it may.");
        }
        String id = newId();
        database.sql("INSERT INTO batch (id, client, address, state, made) VALUES (?, ?, ?, 'receiving', ?)").params(id, client, address, now()).update();
        return id;
    }

    /** Stores one document more. It need not be on disk yet: that {@link #accept} is on disk says the same of all before it. */
    public void add(String id, int number, Document document) {
        transactions.executeWithoutResult(status -> {
            database.sql("SET LOCAL synchronous_commit = off").update();
            String item = id + '-' + number;
            database.sql("INSERT INTO batch_item (batch, number, id, name, sha256, size, state, due) VALUES (?, ?, ?, ?, ?, ?, 'received', ?)")
                .params(id, number, item, document.name(), document.sha256(), document.size(), now()).update();
            documents.store(item, document.file());
        });
    }

    /** All is there: from now on it is worked on, come what may. The id of the batch, an earlier one under the client's idempotency key. */
    public String accept(String id, String client, BatchRequest request, int total) {
        try {
            transactions.executeWithoutResult(status -> {
                database.sql("""
                        UPDATE batch SET state = 'working', total = ?, key = ?, format = ?, level = ?, packaging = ?, algorithm = nullif(?, ''), reason = nullif(?, ''),
                            location = nullif(?, ''), hook = nullif(?, ''), idempotency_key = nullif(?, ''), request_digest = ? WHERE id = ?
                        """).params(total, request.key(), request.format(), request.level().name(), request.packaging().name(),
                    request.algorithm() == null ? "" : request.algorithm().name(), text(request.reason()), text(request.location()), text(request.hook()),
                    text(request.idempotencyKey()), request.digest(), id).update();
                database.sql("UPDATE batch_item SET state = 'waiting' WHERE batch = ?").param(id).update();
            });
            return id;
        } catch (DuplicateKeyException e) {
            abandon(id);
            String earlier = database.sql("SELECT id FROM batch WHERE client = ? AND idempotency_key = ? AND request_digest = ?")
                .params(client, text(request.idempotencyKey()), request.digest()).query(String.class).optional().orElse("");
            if (earlier.isEmpty()) {
                throw new Problem(Kind.CONFLICT, "This Idempotency-Key was used for another batch.", e);
            }
            return earlier;
        }
    }

    /** What was not accepted leaves nothing. */
    public void abandon(String id) {
        database.sql("DELETE FROM batch WHERE id = ? AND state = 'receiving'").param(id).update();
    }

    /** Empty where there is none or it is another client's. */
    public Optional<Batch> find(String id, String client) {
        return database.sql("SELECT * FROM batch WHERE id = ? AND client = ? AND state <> 'receiving'").params(id, client).query(Batches::batch).optional();
    }

    /** Those after the number, in order. */
    public List<BatchItem> items(String id, int after, int most) {
        return database.sql("SELECT * FROM batch_item WHERE batch = ? AND number > ? ORDER BY number LIMIT ?").params(id, after, most).query(Batches::item).list();
    }

    /** Gives up what no key was used for yet; false where there is no such batch of the client's. */
    public boolean cancel(String id, String client) {
        if (find(id, client).isEmpty()) {
            return false;
        }
        transactions.executeWithoutResult(status -> {
            // in the order in which workers lock: the item, then the batch
            List<String> given = database.sql("""
                    UPDATE batch_item SET state = 'cancelled' WHERE state = 'waiting' AND batch = (SELECT id FROM batch WHERE id = ? AND client = ?)
                        AND NOT EXISTS (SELECT FROM seal WHERE client = ? AND idempotency_key = 'batch ' || batch || ' ' || number AND seal.state <> 'failed')
                    RETURNING id
                    """).params(id, client, client).query((row, number) -> row.getString(1)).list();
            given.forEach(documents::delete);
            database.sql("UPDATE batch SET cancelled = cancelled + ? WHERE id = ?").params(given.size(), id).update();
            end(database, id, now());
        });
        return true;
    }

    /** Removes batches after some days, with what was sealed for them. */
    public void sweep() {
        Timestamp past = Timestamp.from(clock.instant().minus(settings.kept()));
        for (String id : database.sql("SELECT id FROM batch WHERE ended < ? AND state = 'ended'").param(past).query((row, number) -> row.getString(1)).list()) {
            transactions.executeWithoutResult(status -> {
                seals.forgetBatch(id);
                database.sql("DELETE FROM batch WHERE id = ?").param(id).update();
            });
        }
    }

    static void end(JdbcClient database, String id, Timestamp now) {
        database.sql("UPDATE batch SET state = 'ended', ended = ? WHERE id = ? AND state = 'working' AND done + failed + cancelled = total").params(now, id).update();
    }

    private static Batch batch(ResultSet row, int number) throws SQLException {
        return new Batch(row.getString("id"), State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getInt("total"), row.getInt("done"), row.getInt("failed"),
            row.getInt("cancelled"), row.getTimestamp("made").toInstant(), instant(row.getTimestamp("ended")));
    }

    private static BatchItem item(ResultSet row, int number) throws SQLException {
        return new BatchItem(row.getInt("number"), row.getString("name"), BatchItem.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("signature"),
            row.getString("problem"), row.getString("detail"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
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
