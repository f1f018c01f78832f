package antin.signing.seal;

import java.sql.Date;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How often each key was used on a day; one row a key and day, so that the last use of a day goes to one alone. */
public final class KeyUses {

    private final JdbcClient database;

    public KeyUses(JdbcClient database) {
        this.database = database;
    }

    /** Counts one use more, begun or done; false, and nothing counted, where {@code limit} is reached. */
    boolean take(String key, LocalDate day, int limit) {
        return database.sql("INSERT INTO key_use (key, day, uses) VALUES (?, ?, 1) ON CONFLICT (key, day) DO UPDATE SET uses = key_use.uses + 1 WHERE key_use.uses < ?")
            .params(key, Date.valueOf(day), limit).update() == 1;
    }
}
