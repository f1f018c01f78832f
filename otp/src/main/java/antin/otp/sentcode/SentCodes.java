package antin.otp.sentcode;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.vault.Vault;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes, sends and checks codes: eight digits, ten minutes, five tries, once. A person gets one a minute and six an hour at most, each way,
 * so that nobody is flooded at the city's cost. Safe for use by many threads and several processes.
 */
public final class SentCodes {

    /** What a code was sent for: one for confirming a destination logs nobody in. */
    public enum Use {
        LOGIN, CONFIRMATION
    }

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_IN_WINDOW = 6;
    private static final int TRIES = 5;
    private static final int BOUND = 100_000_000;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Vault vault;
    private final Destinations destinations;
    private final Map<Way, CodeSender> senders;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param senders the ways that are on */
    public SentCodes(JdbcClient database, TransactionOperations transactions, Vault vault, Destinations destinations, Map<Way, CodeSender> senders, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.destinations = destinations;
        this.senders = Map.copyOf(senders);
        this.clock = clock;
    }

    public Set<Way> ways() {
        return senders.keySet();
    }

    /** A login code to the confirmed destination. @param text with {@code %s} where the code stands. False where it is too soon, or there is none. */
    public boolean sendForLogin(String person, Way way, String text) {
        return destinations.confirmed(person, way).map(destination -> send(person, way, Use.LOGIN, destination, text)).orElse(false);
    }

    /** A code to a destination that is new. False where it is too soon. */
    public boolean propose(String person, Way way, String destination, String text) {
        destinations.propose(person, way, destination);
        return send(person, way, Use.CONFIRMATION, destination, text);
    }

    /** Whether a text has the form of one: a device's code is shorter. */
    public static boolean isOne(String typed) {
        return typed.replaceAll("\\s", "").matches("[0-9]{8}");
    }

    /** The way in which a login code was sent last that may still be typed. */
    public Optional<Way> pending(String person) {
        return database.sql("SELECT way FROM sent_code WHERE person = ? AND use = ? AND hash IS NOT NULL AND sent > ? ORDER BY sent DESC LIMIT 1")
            .params(person, Use.LOGIN.name(), Timestamp.from(clock.instant().minus(VALID))).query((row, number) -> row.getString("way")).optional()
            .flatMap(Way::of).filter(senders::containsKey);
    }

    /** Whether this is the login code that was sent this way last; it is used up by that. */
    public boolean checkForLogin(String person, Way way, String typed) {
        return takes(person, way, Use.LOGIN, typed);
    }

    /** The proposed destination counts from now on. */
    public boolean confirm(String person, Way way, String typed) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean right = takes(person, way, Use.CONFIRMATION, typed) && destinations.proposed(person, way).isPresent();
            if (right) {
                destinations.confirm(person, way);
            }
            return right;
        }));
    }

    /** Removes what has no more effect. */
    public void sweep() {
        database.sql("DELETE FROM sent_code WHERE sent < ?").param(Timestamp.from(clock.instant().minus(WINDOW))).update();
    }

    private boolean send(String person, Way way, Use use, String destination, String text) {
        CodeSender sender = senders.get(way);
        if (sender == null) {
            throw new Problem(Kind.NOT_FOUND, "Codes are not sent this way here.");
        }
        String code = "%08d".formatted(random.nextInt(BOUND));
        if (!keep(person, way, use, code)) {
            return false;
        }
        sender.send(destination, text.formatted(code));
        return true;
    }

    /** Before it is sent: a crash between the two costs a code, never a second one for nothing. */
    private boolean keep(String person, Way way, Use use, String code) {
        Instant now = clock.instant();
        return database.sql("""
                INSERT INTO sent_code AS s (person, way, use, hash, sent, tries, since, sends) VALUES (:person, :way, :use, :hash, :now, 0, :now, 1)
                ON CONFLICT (person, way, use) DO UPDATE SET hash = excluded.hash, sent = excluded.sent, tries = 0,
                    since = CASE WHEN s.since < :window THEN excluded.since ELSE s.since END,
                    sends = CASE WHEN s.since < :window THEN 1 ELSE s.sends + 1 END
                WHERE s.sent <= :rest AND (s.since < :window OR s.sends < :most)
                """).param("person", person).param("way", way.word()).param("use", use.name()).param("hash", hash(person, way, use, code))
            .param("now", Timestamp.from(now)).param("window", Timestamp.from(now.minus(WINDOW))).param("rest", Timestamp.from(now.minus(REST)))
            .param("most", MOST_IN_WINDOW).update() == 1;
    }

    /** Each try counts before it is compared; who compares equal removes the code, and only one can. */
    private boolean takes(String person, Way way, Use use, String typed) {
        byte[] wanted = hash(person, way, use, typed.replaceAll("\\s", ""));
        Optional<byte[]> kept = database.sql("UPDATE sent_code SET tries = tries + 1 WHERE person = ? AND way = ? AND use = ? AND sent > ? AND tries < ? AND hash IS NOT NULL RETURNING hash")
            .params(person, way.word(), use.name(), Timestamp.from(clock.instant().minus(VALID)), TRIES).query((row, number) -> row.getBytes("hash")).optional();
        return kept.filter(hash -> MessageDigest.isEqual(hash, wanted)).isPresent()
            && database.sql("UPDATE sent_code SET hash = NULL WHERE person = ? AND way = ? AND use = ? AND hash = ?").params(person, way.word(), use.name(), wanted).update() == 1;
    }

    private byte[] hash(String person, Way way, Use use, String code) {
        return vault.hash("sent-code", person + ' ' + way.word() + ' ' + use + ' ' + code);
    }
}
