package antin.signing.batch;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.StoredPieces;
import antin.signing.hook.HookEvents;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of batches, as workers see them. Each end of an item, its count in the batch and its web hook are one transaction. */
public final class Tasks {

    private static final String TAKE = """
        UPDATE batch_item SET state = 'working', tries = tries + 1
        WHERE id = (SELECT id FROM batch_item WHERE state = 'waiting' AND due <= ? ORDER BY due, batch, number LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final StoredPieces documents;
    private final HookEvents events;
    private final Clock clock;

    public Tasks(JdbcClient database, TransactionOperations transactions, HookEvents events, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.documents = new StoredPieces(database, "batch_document", "item");
        this.events = events;
        this.clock = clock;
    }

    /** At the start: goes on with what an earlier process was at, and forgets what it had not wholly received. */
    public void resume() {
        database.sql("DELETE FROM batch WHERE state = 'receiving'").update();
        database.sql("UPDATE batch_item SET state = 'waiting' WHERE state = 'working'").update();
    }

    /** The item that waited longest. Nobody else gets it. */
    Optional<Task> take() {
        return database.sql("WITH item AS (" + TAKE + ") SELECT item.*, client, address, key, format, level, packaging, algorithm, reason, location, hook FROM item JOIN batch ON batch.id = item.batch")
            .param(now()).query(Tasks::task).optional();
    }

    void fetch(Task task, Path file) {
        documents.fetch(task.item(), file);
    }

    void done(Task task, String signature) {
        end(task, "done", signature, "", "");
    }

    void fail(Task task, String problem, String detail) {
        end(task, "failed", "", problem, detail);
    }

    /** It is tried again. Should it have been done after all, the repeat finds it. */
    void again(Task task, Duration wait) {
        database.sql("UPDATE batch_item SET state = 'waiting', due = ? WHERE id = ?").params(Timestamp.from(clock.instant().plus(wait)), task.item()).update();
    }

    private void end(Task task, String state, String signature, String problem, String detail) {
        transactions.executeWithoutResult(status -> {
            int rows = database.sql("UPDATE batch_item SET state = ?, signature = nullif(?, ''), problem = nullif(?, ''), detail = nullif(?, '') WHERE id = ? AND state = 'working'")
                .params(state, signature, problem, detail, task.item()).update();
            if (rows == 1) {
                documents.delete(task.item());
                if (task.hook() != null) {
                    events.add(task.hook(), "item." + state, task.batch(), told(task, state, signature, problem, detail));
                }
                String counter = state.equals("done") ? "done = done + 1" : "failed = failed + 1";
                database.sql("UPDATE batch SET " + counter + " WHERE id = ?").param(task.batch()).update();
                Batches.end(database, task.batch(), now());
            }
        });
    }

    private static Map<String, Object> told(Task task, String state, String signature, String problem, String detail) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("number", task.number());
        item.put("name", task.name());
        item.put("status", state);
        if (!signature.isEmpty()) {
            item.put("signature", signature);
        }
        if (!problem.isEmpty()) {
            item.put("problem", Map.of("type", "/problems/" + problem, "detail", detail));
        }
        return item;
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        String algorithm = row.getString("algorithm");
        return new Task(row.getString("batch"), row.getInt("number"), row.getString("id"), row.getString("name"), row.getString("sha256"), row.getLong("size"), row.getInt("tries"),
            row.getString("client"), row.getString("address"), row.getString("key"), row.getString("format"), SignatureLevel.valueOf(row.getString("level")),
            Packaging.valueOf(row.getString("packaging")), algorithm == null ? null : SignatureAlgorithm.valueOf(algorithm), row.getString("reason"), row.getString("location"),
            row.getString("hook"));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
