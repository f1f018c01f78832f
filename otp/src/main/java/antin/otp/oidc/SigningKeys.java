package antin.otp.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The issuer's keys, sealed in the database, so that every process and every restart has the same. Each signs for 90 days; its successor is published a day before it
 * signs, and it is published until what it signed has run out. Processes take turns to make one.
 */
public final class SigningKeys {

    static final Duration LIFE = Duration.ofDays(90);
    static final Duration AHEAD = Duration.ofDays(1);
    /** Where an administrator wants another key now: until every process has read it. */
    static final Duration SOON = Duration.ofMinutes(2);
    /** No token that others check lives as long. */
    private static final Duration AFTER = Duration.ofDays(1);
    private static final String USE = "oidc signing key";
    private static final long TURN = 0x616e74696e05L; // the advisory lock's own number

    /** @param usable from when it signs */
    record Key(ECKey jwk, Instant usable) {
    }

    /**
     * One of those that are published, for who looks after them.
     *
     * @param usable from when it signs
     * @param signs  whether it does now; of the others the earlier ones did, the later ones will
     */
    public record Published(String kid, Instant usable, boolean signs) {
    }

    private record Row(String kid, Sealed sealed, Instant usable) {
    }

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Vault vault;
    private final Clock clock;

    SigningKeys(JdbcClient database, TransactionTemplate transactions, Vault vault, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    /** All that are published, the oldest first; makes the next one where it is time, and forgets the ones that are over. */
    List<Key> load() {
        List<Row> rows = rows();
        return (isTime(rows) || isOneOver(rows) ? renew() : rows).stream().map(this::open).toList();
    }

    /** The oldest first. */
    public List<Published> published() {
        List<Row> rows = rows();
        Instant now = clock.instant();
        String signing = rows.stream().filter(row -> !row.usable().isAfter(now)).reduce((earlier, later) -> later).map(Row::kid).orElse("");
        return rows.stream().map(row -> new Published(row.kid(), row.usable(), row.kid().equals(signing))).toList();
    }

    /** Another key signs in two minutes. Tokens by the present one are good until they run out. */
    public void rotate() {
        transactions.executeWithoutResult(status -> {
            takeTurn();
            insert(clock.instant().plus(SOON));
        });
    }

    /** Another key signs at once, and nothing is believed any more that a former one signed: where one may have been stolen. */
    public void replace() {
        transactions.executeWithoutResult(status -> {
            takeTurn();
            database.sql("DELETE FROM signing_key").update();
            insert(clock.instant());
        });
    }

    private List<Row> renew() {
        transactions.executeWithoutResult(status -> {
            takeTurn();
            List<Row> rows = rows(); // another process may have been first
            if (isTime(rows)) {
                insert(rows.isEmpty() ? clock.instant() : clock.instant().plus(AHEAD));
            }
            for (int i = 0; i + 1 < rows.size(); i++) {
                if (isOver(rows.get(i + 1))) {
                    database.sql("DELETE FROM signing_key WHERE kid = ?").param(rows.get(i).kid()).update();
                }
            }
        });
        return rows();
    }

    private boolean isTime(List<Row> rows) {
        return rows.isEmpty() || !rows.getLast().usable().plus(LIFE).minus(AHEAD).isAfter(clock.instant());
    }

    private boolean isOneOver(List<Row> rows) {
        return rows.size() > 1 && isOver(rows.get(1));
    }

    /** Whether what came before this one signed nothing that is still good. */
    private boolean isOver(Row successor) {
        return successor.usable().plus(AFTER).isBefore(clock.instant());
    }

    private void takeTurn() {
        database.sql("SELECT pg_advisory_xact_lock(?)").param(TURN).query((row, number) -> true).list();
    }

    private void insert(Instant usable) {
        try {
            String kid = UUID.randomUUID().toString();
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).generate();
            Sealed sealed = vault.seal(USE, kid, key.toJSONString().getBytes(UTF_8));
            database.sql("INSERT INTO signing_key (kid, key_id, sealed, created, usable) VALUES (?, ?, ?, ?, ?)")
                .params(kid, sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant()), Timestamp.from(usable)).update();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes P-256 keys.", e);
        }
    }

    private List<Row> rows() {
        return database.sql("SELECT kid, key_id, sealed, usable FROM signing_key ORDER BY usable, kid")
            .query((row, number) -> new Row(row.getString(1), new Sealed(row.getString(2), row.getBytes(3)), row.getTimestamp(4).toInstant())).list();
    }

    private Key open(Row row) {
        try {
            return new Key(ECKey.parse(new String(vault.open(USE, row.kid(), row.sealed()), UTF_8)), row.usable());
        } catch (ParseException e) {
            throw new IllegalStateException("The stored key " + row.kid() + " is no JWK.", e);
        }
    }
}
