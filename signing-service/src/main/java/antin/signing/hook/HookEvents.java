package antin.signing.hook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The outbox: rows written in the transaction of the change that they tell. */
public final class HookEvents {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Told ones are remembered for as long as somebody may ask about yesterday. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient database;
    private final Clock clock;

    public HookEvents(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Call it within the transaction of the change. */
    public void add(String hook, String type, String batch, Map<String, Object> item) {
        String id = UUID.randomUUID().toString();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("type", type);
        body.put("batch", batch);
        body.put("item", item);
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("INSERT INTO hook_event (id, hook, batch, body, state, due, made) VALUES (?, ?, ?, ?, 'waiting', ?, ?)")
            .params(id, hook, batch, JSON.writeValueAsString(body), now, now).update();
    }

    /** The longest due ones first. */
    List<HookEvent> due(String hook, int most) {
        return database.sql("SELECT * FROM hook_event WHERE hook = ? AND state = 'waiting' AND due <= ? ORDER BY due LIMIT ?")
            .params(hook, Timestamp.from(clock.instant()), most).query(HookEvents::event).list();
    }


    /** Whether it still waits and is due: what was read before may be told by now. */
    boolean isDue(String id) {
        return database.sql("SELECT count(*) FROM hook_event WHERE id = ? AND state = 'waiting' AND due <= ?").params(id, Timestamp.from(clock.instant())).query(Integer.class).single() == 1;
    }

    void told(String id) {
        database.sql("UPDATE hook_event SET state = 'told', tries = tries + 1, answer = NULL, ended = ? WHERE id = ?").params(Timestamp.from(clock.instant()), id).update();
    }

    void again(String id, Instant due, String answer) {
        database.sql("UPDATE hook_event SET tries = tries + 1, due = ?, answer = ? WHERE id = ?").params(Timestamp.from(due), answer, id).update();
    }

    /** For an operator to look at; it is not tried again by itself. */
    void setAside(String id, String answer) {
        database.sql("UPDATE hook_event SET state = 'set-aside', tries = tries + 1, answer = ?, ended = ? WHERE id = ?")
            .params(answer, Timestamp.from(clock.instant()), id).update();
    }

    /** How many wait, or were set aside. */
    long count(String state) {
        return database.sql("SELECT count(*) FROM hook_event WHERE state = ?").param(state).query(Long.class).single();
    }

    /** Forgets what was told, and sets aside what no longer has an address: the administrator took it away. */
    public void sweep(HookSettings settings) {
        Timestamp past = Timestamp.from(clock.instant().minus(KEPT));
        database.sql("DELETE FROM hook_event WHERE state = 'told' AND ended < ?").param(past).update();
        String[] names = settings.hooks().keySet().toArray(new String[0]);
        database.sql("UPDATE hook_event SET state = 'set-aside', answer = 'no such hook', ended = ? WHERE state = 'waiting' AND hook <> ALL (?) AND made < ?")
            .params(Timestamp.from(clock.instant()), names, Timestamp.from(clock.instant().minus(settings.givenUp()))).update();
    }

    private static HookEvent event(ResultSet row, int number) throws SQLException {
        return new HookEvent(row.getString("id"), row.getString("hook"), row.getString("body"), row.getInt("tries"), row.getTimestamp("made").toInstant());
    }
}
