package antin.otp.sentcode;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where people get codes: one address and one telephone each, sealed, and counting once a code that came there was typed. */
public final class Destinations implements VaultRows {

    private static final String USE = "code-destination";

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;

    public Destinations(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** Not yet confirmed; one that is confirmed stays until the new one is. */
    void propose(String person, Way way, String destination) {
        Sealed sealed = vault.seal(USE, owner(person, way), destination.getBytes(StandardCharsets.UTF_8));
        database.sql("""
                INSERT INTO code_destination (person, way, confirmed, key_id, sealed, created) VALUES (?, ?, false, ?, ?, ?)
                ON CONFLICT (person, way, confirmed) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed, created = excluded.created
                """).params(person, way.word(), sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant())).update();
    }

    /** The proposed one takes the place of the one before. Call it in a transaction. */
    void confirm(String person, Way way) {
        database.sql("DELETE FROM code_destination WHERE person = ? AND way = ? AND confirmed").params(person, way.word()).update();
        database.sql("UPDATE code_destination SET confirmed = true WHERE person = ? AND way = ?").params(person, way.word()).update();
    }

    Optional<String> proposed(String person, Way way) {
        return find(person, way, false);
    }

    public Optional<String> confirmed(String person, Way way) {
        return find(person, way, true);
    }

    /** What counts, masked for the page. */
    public Map<Way, String> masked(String person) {
        Map<Way, String> known = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            confirmed(person, way).ifPresent(destination -> known.put(way, way.masked(destination)));
        }
        return known;
    }

    /** Whether there was one. */
    public boolean remove(String person, Way way) {
        return database.sql("DELETE FROM code_destination WHERE person = ? AND way = ?").params(person, way.word()).update() > 0;
    }

    @Override
    public String name() {
        return "code-destinations";
    }

    @Override
    public int reseal() {
        return database.sql("SELECT person, way, confirmed, key_id, sealed FROM code_destination WHERE key_id <> ? LIMIT 100").param(vault.keyId()).query((row, number) -> {
            String owner = row.getString("person") + ' ' + row.getString("way");
            Sealed sealed = vault.seal(USE, owner, vault.open(USE, owner, new Sealed(row.getString("key_id"), row.getBytes("sealed"))));
            return database.sql("UPDATE code_destination SET key_id = ?, sealed = ? WHERE person = ? AND way = ? AND confirmed = ? AND sealed = ?")
                .params(sealed.keyId(), sealed.bytes(), row.getString("person"), row.getString("way"), row.getBoolean("confirmed"), row.getBytes("sealed")).update();
        }).list().size();
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM code_destination WHERE key_id <> ?").param(vault.keyId()).query(Long.class).single();
    }

    private Optional<String> find(String person, Way way, boolean confirmed) {
        return database.sql("SELECT key_id, sealed FROM code_destination WHERE person = ? AND way = ? AND confirmed = ?").params(person, way.word(), confirmed)
            .query((row, number) -> new Sealed(row.getString("key_id"), row.getBytes("sealed"))).optional()
            .map(sealed -> new String(vault.open(USE, owner(person, way), sealed), StandardCharsets.UTF_8));
    }

    private static String owner(String person, Way way) {
        return person + ' ' + way.word();
    }
}
