package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of authorisations: which hash was signed, so that none is twice. Safe for use by many threads and several processes. */
public final class Authorisations {

    /** How long one lasts, and how long after the first one it can be carried on. */
    public static final Duration LASTS = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private record Row(String client, String credential, String hashAlgorithm, int signatures, Instant firstBegun, Instant expires, boolean isEnded) {
    }

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Authorisations(JdbcClient database, TransactionOperations transactions, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Stores it; does nothing where it is there already, as an access token is that comes again. */
    public void begin(Authorisation wanted) {
        transactions.executeWithoutResult(status -> insert(wanted, clock.instant()));
    }

    /**
     * These hashes are signed from here on, and never again.
     *
     * @throws Problem {@code NOT_FOUND} where it is none of this client's for this key; {@code EXPIRED}; {@code NOT_ALLOWED} for a hash that it is not for; {@code CONFLICT} for one
     *     that was used; {@code LIMIT_REACHED} where its signatures are used up. Nothing is used then.
     */
    public void use(String id, String client, String credential, String hashAlgorithm, List<byte[]> hashes) {
        transactions.executeWithoutResult(status -> {
            Row row = locked(id, client, credential);
            if (!row.hashAlgorithm().equals(hashAlgorithm)) {
                throw new Problem(Kind.NOT_ALLOWED, "The authorisation is for hashes of another algorithm.");
            }
            for (byte[] hash : hashes) {
                Boolean used = database.sql("SELECT used IS NOT NULL FROM authorised_hash WHERE authorisation = ? AND hash = ?").params(id, hash).query(Boolean.class).optional()
                    .orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "Hash is not authorized by the SAD."));
                if (used) {
                    throw new Problem(Kind.CONFLICT, "A hash was signed by this authorisation before; each is signed once.");
                }
                database.sql("UPDATE authorised_hash SET used = ? WHERE authorisation = ? AND hash = ?").params(now(), id, hash).update();
            }
            if (used(id) > row.signatures()) {
                throw new Problem(Kind.LIMIT_REACHED, "The authorisation is for " + row.signatures() + " signatures.");
            }
        });
    }

    /** By which algorithm its hashes were made. Throws as {@link #use}. */
    public String hashAlgorithm(String id, String client, String credential) {
        return Objects.requireNonNull(transactions.execute(status -> locked(id, client, credential).hashAlgorithm()));
    }

    /** Where the key's place did not answer, no value left it: they may be asked for again. */
    public void release(String id, List<byte[]> hashes) {
        transactions.executeWithoutResult(status -> hashes.forEach(
            hash -> database.sql("UPDATE authorised_hash SET used = NULL WHERE authorisation = ? AND hash = ?").params(id, hash).update()));
    }

    /**
     * Carries an authorisation on under a new id; the former one is void.
     *
     * @param hashes those that are still to be signed; empty for all that are left
     * @return when the new one expires
     */
    public Instant extend(String id, String client, String credential, String newId, Optional<List<byte[]>> hashes) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Row row = locked(id, client, credential);
            List<byte[]> left = database.sql("SELECT hash FROM authorised_hash WHERE authorisation = ? AND used IS NULL").param(id).query((found, number) -> found.getBytes(1)).list();
            List<byte[]> wanted = hashes.orElse(left);
            if (!wanted.stream().allMatch(hash -> left.stream().anyMatch(one -> Arrays.equals(one, hash)))) {
                throw new Problem(Kind.NOT_ALLOWED, "Hash is not authorized by the SAD.");
            }
            int signatures = Math.min(row.signatures() - used(id), wanted.size());
            if (signatures < 1) {
                throw new Problem(Kind.LIMIT_REACHED, "The authorisation has no signature left.");
            }
            Instant end = row.firstBegun().plus(LONGEST);
            Instant expires = clock.instant().plus(LASTS).isBefore(end) ? clock.instant().plus(LASTS) : end;
            insert(new Authorisation(newId, client, credential, row.hashAlgorithm(), signatures, wanted, expires), row.firstBegun());
            database.sql("UPDATE authorisation SET ended = ? WHERE id = ?").params(now(), id).update();
            return expires;
        }));
    }

    /** Forgets what ended a day ago: an access token that comes again is over by then. */
    public void sweep() {
        database.sql("DELETE FROM authorisation WHERE expires < ?").param(Timestamp.from(clock.instant().minus(REMEMBERED))).update();
    }

    private void insert(Authorisation wanted, Instant firstBegun) {
        int rows = database.sql("INSERT INTO authorisation (id, client, credential, hash_algorithm, signatures, first_begun, expires) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
            .params(wanted.id(), wanted.client(), wanted.credential(), wanted.hashAlgorithm(), wanted.signatures(), Timestamp.from(firstBegun), Timestamp.from(wanted.expires())).update();
        if (rows == 1) {
            wanted.hashes().forEach(hash -> database.sql("INSERT INTO authorised_hash (authorisation, hash) VALUES (?, ?)").params(wanted.id(), hash).update());
        }
    }

    private Row locked(String id, String client, String credential) {
        Row row = database.sql("SELECT * FROM authorisation WHERE id = ? FOR UPDATE").param(id).query((found, number) -> new Row(found.getString("client"),
                found.getString("credential"), found.getString("hash_algorithm"), found.getInt("signatures"), found.getTimestamp("first_begun").toInstant(),
                found.getTimestamp("expires").toInstant(), found.getTimestamp("ended") != null)).optional()
            .filter(found -> found.client().equals(client) && found.credential().equals(credential))
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "Invalid parameter SAD"));
        if (row.isEnded() || !row.expires().isAfter(clock.instant())) {
            throw new Problem(Kind.EXPIRED, "SAD expired");
        }
        return row;
    }

    private int used(String id) {
        return database.sql("SELECT count(*) FROM authorised_hash WHERE authorisation = ? AND used IS NOT NULL").param(id).query(Integer.class).single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
