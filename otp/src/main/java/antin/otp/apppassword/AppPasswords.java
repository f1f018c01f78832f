package antin.otp.apppassword;

import antin.directory.AddressBookAccess;
import antin.directory.AddressBookAccess.Access;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The app passwords of all people, in PostgreSQL as HMAC-SHA-256 under the vault's key: a slow hash would protect nothing,
 * since 125 random bits cannot be searched, and would cost every mail login. What an address book logs in with the directory checks
 * itself: it has an entry there, made and removed together with the row. Safe for use by many threads.
 */
public final class AppPasswords implements VaultRows {

    /** Shown once, then gone. */
    public record Issued(AppPassword about, AppSecret secret) {
    }

    public static final int MOST_PER_PERSON = 20;
    public static final int LONGEST_NAME = 60;
    private static final String USE = "app-password";
    private static final String WORKS = " p.revoked IS NULL AND (p.expires IS NULL OR p.expires > ?)";

    private record Row(AppPassword about, String keyId, byte[] hash) {
    }

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Vault vault;
    private final AddressBookAccess addressBooks;
    private final EndedLogins ended;
    private final AppPasswordLives lives;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AppPasswords(JdbcClient database, TransactionOperations transactions, Vault vault, AddressBookAccess addressBooks, EndedLogins ended, AppPasswordLives lives, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.addressBooks = addressBooks;
        this.ended = ended;
        this.lives = lives;
        this.clock = clock;
    }

    /** Makes one for a named device. One for an address book works once this returns; where the directory is away, none is made. */
    public Issued issue(String person, String name, Set<AppScope> scopes, Duration life) {
        if (name.isBlank() || name.length() > LONGEST_NAME || scopes.isEmpty() || !lives.offered().contains(life)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "An app password needs a name, a use and an end.");
        }
        if (list(person).size() >= MOST_PER_PERSON) {
            throw new Problem(Kind.CONFLICT, "There are " + MOST_PER_PERSON + " app passwords already. Revoke one first.");
        }
        Instant now = clock.instant();
        AppPassword about = new AppPassword(UUID.randomUUID(), person, name.strip(), scopes, now, Optional.of(now.plus(life)), Optional.empty());
        AppSecret secret = AppSecret.random(random);
        keep(about, secret);
        try {
            open(about, secret);
        } catch (RuntimeException e) {
            database.sql("DELETE FROM app_password WHERE id = ?").param(about.id()).update(); // nobody has seen it
            throw e;
        }
        return new Issued(about, secret);
    }

    /** Lets it look people up, if that is among its scopes: the directory checks it itself, typed as it is shown. */
    public void open(AppPassword about, AppSecret secret) {
        if (about.scopes().contains(AppScope.ADDRESS_BOOK)) {
            addressBooks.open(new Access(about.id().toString(), about.person()), secret.grouped());
        }
    }

    /** Stores one whose secret exists already; nothing happens where that secret is stored, be it revoked. */
    public void keep(AppPassword about, AppSecret secret) {
        if (row(secret.letters()).isPresent()) {
            return; // under a former key, where the table's own rule would not see it
        }
        byte[] hash = vault.hash(USE, secret.letters());
        String[] scopes = about.scopes().stream().map(AppScope::word).sorted().toArray(String[]::new);
        database.sql("""
                INSERT INTO app_password (id, person, name, scopes, key_id, lookup, hash, created, expires)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
                """)
            .param(about.id()).param(about.person()).param(about.name()).param(scopes).param(vault.keyId()).param(lookup(hash)).param(hash)
            .param(Timestamp.from(about.created())).param(about.expires().map(Timestamp::from).orElse(null)).update();
    }

    /** The ones that work, newest first. */
    public List<AppPassword> list(String person) {
        return database.sql("SELECT " + AppPasswordRows.COLUMNS + " FROM app_password p WHERE p.person = ? AND" + WORKS + " ORDER BY p.created DESC")
            .params(person, now()).query(AppPasswordRows::read).list();
    }

    /** All that may look people up now, by number of their owner. */
    public Map<UUID, String> addressBooks() {
        Map<UUID, String> owners = new HashMap<>();
        database.sql("SELECT " + AppPasswordRows.COLUMNS + " FROM app_password p WHERE ? = ANY (p.scopes) AND" + WORKS)
            .params(AppScope.ADDRESS_BOOK.word(), now()).query(AppPasswordRows::read).list().forEach(about -> owners.put(about.id(), about.person()));
        return owners;
    }

    /** Ends one at once, and what was opened with it. Empty where the person has no such password; where the directory is away, one for an address book goes on. */
    public Optional<AppPassword> revoke(String person, UUID id) {
        if (list(person).stream().anyMatch(about -> about.id().equals(id) && about.scopes().contains(AppScope.ADDRESS_BOOK))) {
            addressBooks.close(id.toString());
        }
        return transactions.execute(transaction -> {
            Optional<AppPassword> gone = database.sql("UPDATE app_password p SET revoked = ? WHERE p.id = ? AND p.person = ? AND p.revoked IS NULL RETURNING "
                + AppPasswordRows.COLUMNS).params(now(), id, person).query(AppPasswordRows::read).optional();
            gone.ifPresent(about -> ended.end(person, Optional.of(id)));
            return gone;
        });
    }

    /** Ends all of a person's; where the directory is away, none that opens an address book, nor those after it. */
    public List<AppPassword> revokeAll(String person) {
        return list(person).stream().flatMap(about -> revoke(person, about.id()).stream()).toList();
    }

    /** The one that opens {@code scope}; empty for unknown, revoked, expired and out of scope alike. Whose it is, the caller checks. */
    public Optional<AppPassword> find(String typedPassword, AppScope scope) {
        String letters = letters(typedPassword);
        Optional<Row> found = row(letters, " AND" + WORKS, now());
        found.filter(row -> !vault.isPresent(row.keyId())).ifPresent(row -> bringOver(row, letters));
        return found.map(Row::about).filter(about -> about.scopes().contains(scope));
    }

    /** Whether it is or was an app password of somebody: where people's own passwords are asked for, it is wrong. Takes the same way for every text. */
    public boolean isOne(String typed) {
        return row(letters(typed)).isPresent();
    }

    @Override
    public String name() {
        return "app-passwords";
    }

    /** A hash cannot be sealed anew: the next use brings the row over. What nobody can use any more goes. */
    @Override
    public int reseal() {
        return database.sql("DELETE FROM app_password WHERE key_id <> ? AND (revoked IS NOT NULL OR expires < ?)").params(vault.keyId(), now()).update();
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM app_password WHERE key_id <> ?").param(vault.keyId()).query(Long.class).single();
    }

    private void bringOver(Row row, String letters) {
        byte[] hash = vault.hash(USE, letters);
        database.sql("UPDATE app_password SET key_id = ?, lookup = ?, hash = ? WHERE id = ? AND key_id = ?")
            .params(vault.keyId(), lookup(hash), hash, row.about().id(), row.keyId()).update();
    }

    private Optional<Row> row(String letters) {
        return row(letters, "");
    }

    private Optional<Row> row(String letters, String condition, Object... parameters) {
        List<byte[]> hashes = vault.hashes(USE, letters);
        Long[] lookups = hashes.stream().map(AppPasswords::lookup).toArray(Long[]::new);
        return database.sql("SELECT " + AppPasswordRows.COLUMNS + ", p.key_id, p.hash FROM app_password p WHERE p.lookup = ANY (?)" + condition)
            .param(lookups).params(parameters)
            .query((row, number) -> new Row(AppPasswordRows.read(row, number), row.getString("key_id"), row.getBytes("hash"))).list().stream()
            .filter(row -> hashes.stream().anyMatch(hash -> MessageDigest.isEqual(row.hash(), hash))).findFirst();
    }

    /** An unfit text is hashed and looked up all the same: every refusal takes the same way. */
    private static String letters(String typed) {
        return AppSecret.typed(typed).map(AppSecret::letters).orElse("unfit");
    }

    private static long lookup(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
