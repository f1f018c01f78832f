package antin.otp.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People's devices in PostgreSQL; each secret sealed for its person and device. A person is named by their number. Safe for use by many threads and processes. */
public final class Devices implements VaultRows {

    public static final int MOST_PER_PERSON = 10;
    public static final int LONGEST_NAME = 60;
    private static final String USE = "factor";
    /** Before the first migration to several devices; the owner was the person. */
    private static final String FORMER_USE = "totp";
    private static final UUID SAMPLE_NAMESPACE = UUID.fromString("5ca1ab1e-0000-4000-8000-000000000000");

    /** With what it makes its codes from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Keyed(Device device, byte[] secret) {
    }

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;

    public Devices(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** The oldest first. */
    public List<Device> list(String person) {
        return database.sql("SELECT * FROM factor WHERE person = ? ORDER BY created, id").param(person).query((row, number) -> device(row)).list();
    }

    List<Keyed> keyed(String person) {
        return database.sql("SELECT * FROM factor WHERE person = ? ORDER BY created, id").param(person)
            .query((row, number) -> new Keyed(device(row), vault.open(row.getBoolean("former") ? FORMER_USE : USE,
                row.getBoolean("former") ? person : owner(person, row.getObject("id", UUID.class)), new Sealed(row.getString("key_id"), row.getBytes("sealed"))))).list();
    }

    /** @param last the step or counter of the code that confirmed it, which is used by that; -1 for none */
    public Device add(String person, DeviceKind kind, String name, byte[] secret, long last) {
        return add(UUID.randomUUID(), person, kind, name, secret, last);
    }

    /** The sample's: the same secret leaves it as it is, another one takes its place. */
    public void keepSample(String person, byte[] secret) {
        UUID id = UUID.nameUUIDFromBytes((SAMPLE_NAMESPACE + person).getBytes(UTF_8));
        List<Keyed> present = keyed(person);
        if (present.stream().noneMatch(keyed -> MessageDigest.isEqual(keyed.secret(), secret))) {
            database.sql("DELETE FROM factor WHERE person = ? AND (id = ? OR former)").params(person, id).update();
            add(id, person, DeviceKind.TOTP, "Sample", secret, -1);
        }
    }

    private Device add(UUID id, String person, DeviceKind kind, String name, byte[] secret, long last) {
        Sealed sealed = vault.seal(USE, owner(person, id), secret);
        Device device = new Device(id, person, kind, name, last, clock.instant(), Optional.empty());
        database.sql("INSERT INTO factor (id, person, kind, name, key_id, sealed, last, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .params(id, person, kind.word(), name, sealed.keyId(), sealed.bytes(), last, Timestamp.from(device.created())).update();
        return device;
    }

    public Optional<Device> remove(String person, UUID id) {
        return database.sql("DELETE FROM factor WHERE person = ? AND id = ? RETURNING *").params(person, id).query((row, number) -> device(row)).optional();
    }

    public int removeAll(String person) {
        return database.sql("DELETE FROM factor WHERE person = ?").param(person).update();
    }

    /** Marks a step or counter as used. True for exactly one caller, and only if no later one was used before (RFC 6238, 5.2; RFC 4226, 7.2). */
    boolean spend(UUID id, long step) {
        return database.sql("UPDATE factor SET last = ?, last_used = ? WHERE id = ? AND last < ?").params(step, Timestamp.from(clock.instant()), id, step).update() == 1;
    }

    @Override
    public String name() {
        return "factors";
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM factor WHERE key_id <> ?").param(vault.keyId()).query(Long.class).single();
    }

    @Override
    public int reseal() {
        List<Keyed> former = database.sql("SELECT DISTINCT person FROM factor WHERE key_id <> ? LIMIT 100").param(vault.keyId()).query((row, number) -> row.getString("person")).list().stream()
            .flatMap(person -> keyed(person).stream()).toList();
        for (Keyed keyed : former) {
            Sealed sealed = vault.seal(USE, owner(keyed.device().person(), keyed.device().id()), keyed.secret());
            database.sql("UPDATE factor SET key_id = ?, sealed = ?, former = false WHERE id = ?").params(sealed.keyId(), sealed.bytes(), keyed.device().id()).update(); // the secret never changes, so two at once do no harm
        }
        return former.size();
    }

    private static String owner(String person, UUID id) {
        return person + ' ' + id;
    }

    private static Device device(ResultSet row) throws SQLException {
        @Nullable Timestamp used = row.getTimestamp("last_used");
        return new Device(row.getObject("id", UUID.class), row.getString("person"), DeviceKind.of(row.getString("kind")).orElseThrow(), row.getString("name"),
            row.getLong("last"), row.getTimestamp("created").toInstant(), Optional.ofNullable(used).map(Timestamp::toInstant));
    }
}
