package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import antin.kernel.key.SigningKey;
import antin.signing.certificate.Certification;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Keys in the service's ring that belong to one person each, {@code person-NUMBER-N}. Safe for use by many threads and several processes. */
public final class RemoteKeys {

    private static final String BEGIN = "person-";
    private static final int MOST = 5;
    private static final Duration YEAR = Duration.ofDays(365);

    /** Row and key of one name. */
    private record Begun(String name, boolean isDone, Instant at) {
    }

    private final KeyRing keys;
    private final Certification certification;
    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final AuditLog audit;
    private final Clock clock;

    public RemoteKeys(KeyRing keys, Certification certification, JdbcClient database, TransactionOperations transactions, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.certification = certification;
        this.database = database;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a key of this name would be a person's; such a one is never an agency's. */
    public static boolean isName(String key) {
        return key.startsWith(BEGIN);
    }

    /** All that are certified, in order of their names. */
    public List<SigningKey> of(String person) {
        return database.sql("SELECT name FROM remote_key WHERE person = ? AND state = 'done' ORDER BY begun, name").param(person).query((row, number) -> row.getString(1)).list().stream()
            .flatMap(name -> keys.find(name).stream()).toList();
    }

    /** Empty where there is none or it is another's. */
    public Optional<SigningKey> find(String name, String person) {
        return database.sql("SELECT name FROM remote_key WHERE name = ? AND person = ? AND state = 'done'").params(name, person).query(String.class).optional().flatMap(keys::find);
    }

    /**
     * One more for this person, who has just shown a second factor. One that was begun and not certified is gone on with.
     *
     * @throws Problem {@code LIMIT_REACHED}; {@code PEER_UNAVAILABLE}, after which it may be tried again; {@code NOT_ALLOWED} where backbone knows no such person
     */
    public SigningKey make(String person, String client, String from) {
        // Step 1: the name, given once
        String name = Objects.requireNonNull(transactions.execute(status -> begin(person)));
        // Step 2: the audit's line before
        audit.record(new AuditEvent("remote-key.make", "begun", client, from, Map.of("key", name, "person", person)));
        // Step 3: the key, and its certificate by the directory's word
        SigningKey key = certification.make(name, KeyType.EC_P256, KeyUse.SIGNING, "/people/certificates", Map.of("person", person, "from", from));
        // Step 4: told, and there for use
        audit.record(new AuditEvent("remote-key.make", "done", client, from, Map.of("key", name, "person", person, "certificate", key.certificate().getSerialNumber().toString(16))));
        database.sql("UPDATE remote_key SET state = 'done', ended = ? WHERE name = ?").params(now(), name).update();
        return key;
    }

    private String begin(String person) {
        database.sql("SELECT pg_advisory_xact_lock(hashtext(?))").param(BEGIN + person).query((row, number) -> true).single(); // one after the other
        List<Begun> before = database.sql("SELECT name, state, begun FROM remote_key WHERE person = ?").param(person)
            .query((row, number) -> new Begun(row.getString("name"), row.getString("state").equals("done"), row.getTimestamp("begun").toInstant())).list();
        Optional<Begun> halfMade = before.stream().filter(begun -> !begun.isDone()).findFirst();
        if (halfMade.isPresent()) {
            return halfMade.get().name();
        }
        Instant yearAgo = clock.instant().minus(YEAR);
        if (before.stream().filter(begun -> begun.at().isAfter(yearAgo)).count() >= MOST) {
            throw new Problem(Kind.LIMIT_REACHED, "A person gets at most " + MOST + " keys a year here.");
        }
        String name = BEGIN + person + "-" + (before.size() + 1);
        database.sql("INSERT INTO remote_key (name, person, state, begun) VALUES (?, ?, 'begun', ?)").params(name, person, now()).update();
        return name;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
