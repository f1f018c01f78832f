package antin.otp.totp;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Second factors in PostgreSQL, sealed with the person's number as the owner. */
public final class JdbcSecondFactorStore implements SecondFactorStore {

    private static final String USE = "totp";

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;

    public JdbcSecondFactorStore(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> secret(String person) {
        return database.sql("SELECT key_id, sealed FROM totp WHERE person = ?").param(person)
            .query((row, number) -> new Sealed(row.getString("key_id"), row.getBytes("sealed"))).optional()
            .map(sealed -> vault.open(USE, person, sealed));
    }

    @Override
    public void keep(String person, byte[] secret) {
        Sealed sealed = vault.seal(USE, person, secret);
        database.sql("""
                INSERT INTO totp (person, key_id, sealed, created) VALUES (?, ?, ?, ?)
                ON CONFLICT (person) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed, created = excluded.created, last_step = -1
                """)
            .params(person, sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant())).update();
    }

    @Override
    public boolean spend(String person, long step) {
        return database.sql("UPDATE totp SET last_step = ? WHERE person = ? AND last_step < ?").params(step, person, step).update() == 1;
    }
}
