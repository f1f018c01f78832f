package antin.signing.owner;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The persons, by number, who answer for each key: as configured until the key is first handed over, then whoever took it over last. */
public final class KeyOwners {

    private final Map<String, Set<String>> configured;
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Clock clock;

    public KeyOwners(Map<String, Set<String>> configured, JdbcClient database, TransactionTemplate transactions, Clock clock) {
        this.configured = Map.copyOf(configured);
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Set<String> of(String key) {
        return database.sql("SELECT person FROM key_owner WHERE key = ? AND until IS NULL").param(key).query(String.class).optional()
            .map(Set::of).orElseGet(() -> configured.getOrDefault(key, Set.of()));
    }

    /** All keys that this person answers for. */
    public Set<String> keysOf(String person) {
        return configured.keySet().stream().filter(key -> of(key).contains(person)).collect(Collectors.toSet());
    }

    /** From now on {@code person} alone. */
    void give(String key, String person, UUID approval) {
        Timestamp now = Timestamp.from(clock.instant());
        transactions.executeWithoutResult(status -> {
            database.sql("UPDATE key_owner SET until = ? WHERE key = ? AND until IS NULL").params(now, key).update();
            database.sql("INSERT INTO key_owner (key, person, approval, since) VALUES (?, ?, ?, ?)").params(key, person, approval, now).update();
        });
    }
}
