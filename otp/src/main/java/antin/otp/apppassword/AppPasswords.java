package antin.otp.apppassword;

import antin.directory.AddressBookAccess;
import antin.directory.AddressBookAccess.Access;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.vault.Vault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The app passwords of all people, in PostgreSQL as HMAC-SHA-256 under the vault's key: a slow hash would protect nothing,
 * since 125 random bits cannot be searched, and would cost every mail login. What an address book logs in with the directory checks
 * itself: it has an entry there, made and removed together with the row. Safe for use by many threads.
 */
public final class AppPasswords {

    /** Shown once, then gone. */
    public record Issued(AppPassword about, AppSecret secret) {
    }

    public static final int MOST_PER_PERSON = 20;
    public static final int LONGEST_NAME = 60;
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration LAST_USED_GRAIN = Duration.ofHours(1);
    private static final String USE = "app-password";
    private static final String COLUMNS = "id, person, name, scopes, created, expires, last_used, hash";

    private record Row(AppPassword about, byte[] hash) {
    }

    private final JdbcClient database;
    private final Vault vault;
    private final AddressBookAccess addressBooks;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AppPasswords(JdbcClient database, Vault vault, AddressBookAccess addressBooks, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.addressBooks = addressBooks;
        this.clock = clock;
    }

    /** Makes one that lasts a year. One for an address book works once this returns; where the directory is away, none is made. */
    public Issued issue(String person, String name, Set<AppScope> scopes) {
        if (name.isBlank() || name.length() > LONGEST_NAME || scopes.isEmpty()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "An app password needs a name and a use.");
        }
        if (list(person).size() >= MOST_PER_PERSON) {
            throw new Problem(Kind.CONFLICT, "There are " + MOST_PER_PERSON + " app passwords already. Revoke one first.");
        }
        Instant now = clock.instant();
        AppPassword about = new AppPassword(UUID.randomUUID(), person, name.strip(), scopes, now, Optional.of(now.plus(LIFE)), Optional.empty());
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
        return database.sql("SELECT " + COLUMNS + " FROM app_password WHERE person = ? AND revoked IS NULL AND (expires IS NULL OR expires > ?)"
            + " ORDER BY created DESC").params(person, Timestamp.from(clock.instant())).query(AppPasswords::row).list().stream().map(Row::about).toList();
    }

    /** All that may look people up now, by number of their owner. */
    public Map<UUID, String> addressBooks() {
        Map<UUID, String> owners = new HashMap<>();
        database.sql("SELECT " + COLUMNS + " FROM app_password WHERE ? = ANY (scopes) AND revoked IS NULL AND (expires IS NULL OR expires > ?)")
            .params(AppScope.ADDRESS_BOOK.word(), Timestamp.from(clock.instant())).query(AppPasswords::row).list()
            .forEach(row -> owners.put(row.about().id(), row.about().person()));
        return owners;
    }

    /** Ends one at once. Empty where the person has no such password; where the directory is away, one for an address book goes on. */
    public Optional<AppPassword> revoke(String person, UUID id) {
        if (list(person).stream().anyMatch(about -> about.id().equals(id) && about.scopes().contains(AppScope.ADDRESS_BOOK))) {
            addressBooks.close(id.toString());
        }
        return database.sql("UPDATE app_password SET revoked = ? WHERE id = ? AND person = ? AND revoked IS NULL RETURNING " + COLUMNS)
            .params(Timestamp.from(clock.instant()), id, person).query(AppPasswords::row).optional().map(Row::about);
    }

    /** The one that opens {@code scope}; empty for unknown, revoked, expired and out of scope alike. Whose it is, the caller checks. */
    public Optional<AppPassword> find(String typedPassword, AppScope scope) {
        // An unfit text is hashed and looked up all the same: every refusal takes the same way.
        byte[] hash = vault.hash(USE, AppSecret.typed(typedPassword).map(AppSecret::letters).orElse("unfit"));
        Instant now = clock.instant();
        return database.sql("SELECT " + COLUMNS + " FROM app_password WHERE lookup = ? AND revoked IS NULL AND (expires IS NULL OR expires > ?)")
            .params(lookup(hash), Timestamp.from(now)).query(AppPasswords::row).list().stream()
            .filter(row -> MessageDigest.isEqual(row.hash(), hash)).map(Row::about)
            .filter(about -> about.scopes().contains(scope)).findFirst();
    }

    /** Remembers that it was used: written once an hour at most, since mail programs log in all the time. */
    public void used(AppPassword password) {
        Instant now = clock.instant();
        if (password.lastUsed().filter(last -> last.isAfter(now.minus(LAST_USED_GRAIN))).isEmpty()) {
            database.sql("UPDATE app_password SET last_used = ? WHERE id = ?").params(Timestamp.from(now), password.id()).update();
        }
    }

    private static long lookup(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Set<AppScope> scopes = Stream.of((String[]) row.getArray("scopes").getArray()).map(AppScope::of).flatMap(Optional::stream)
            .collect(Collectors.toSet());
        return new Row(new AppPassword(row.getObject("id", UUID.class), row.getString("person"), row.getString("name"), scopes,
            row.getTimestamp("created").toInstant(), instant(row.getTimestamp("expires")), instant(row.getTimestamp("last_used"))),
            row.getBytes("hash"));
    }

    private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }
}
