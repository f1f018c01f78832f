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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes, sends and checks codes: eight digits, ten minutes, five tries, once. A person gets one a minute and six an hour at most, each way, and a destination that is not confirmed
 * six an hour from all people together, so that nobody is flooded at the city's cost. Safe for use by many threads and several processes.
 */
public final class SentCodes {

    /** What a code was sent for: one for confirming a destination logs nobody in. */
    public enum Use {
        LOGIN, CONFIRMATION
    }

    /** How sending one ended. */
    public enum Sending {
        /** The other side took it. */
        SENT,
        /** It is too soon after another one, or there is nowhere to send it to. Nothing was sent. */
        NOT_NOW,
        /** The other side is away or refused it; nobody knows whether it comes. Another one may be asked for in a minute. */
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(SentCodes.class);
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

    /** A login code to the confirmed destination. @param text with {@code %s} where the code stands */
    public Sending sendForLogin(String person, Way way, String text) {
        return destinations.confirmed(person, way).map(destination -> send(person, way, Use.LOGIN, destination, text)).orElse(Sending.NOT_NOW);
    }

    /** A code to a destination that is new. One that was proposed before stays where it is too soon: a code never confirms a destination that it was not sent to. */
    public Sending propose(String person, Way way, String destination, String text) {
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
        Timestamp past = Timestamp.from(clock.instant().minus(WINDOW));
        database.sql("DELETE FROM sent_code WHERE sent < ?").param(past).update();
        database.sql("DELETE FROM sent_to WHERE since < ?").param(past).update();
    }

    private Sending send(String person, Way way, Use use, String destination, String text) {
        CodeSender sender = senders.get(way);
        if (sender == null) {
            throw new Problem(Kind.NOT_FOUND, "Codes are not sent this way here.");
        }
        String code = "%08d".formatted(random.nextInt(BOUND));
        if (!Boolean.TRUE.equals(transactions.execute(transaction -> mayGo(person, way, use, destination, code, transaction)))) {
            return Sending.NOT_NOW;
        }
        try {
            sender.send(destination, text.formatted(code));
            return Sending.SENT;
        } catch (Problem e) {
            if (e.kind() != Kind.PEER_UNAVAILABLE) {
                throw e;
            }
            LOG.warn("A code could not be sent by {}: {} ({})", way.word(), e.detail(), causes(e));
            return Sending.FAILED;
        }
    }

    /** By their kinds only: what a relay answered often names the destination, which nobody reads here. */
    private static String causes(Problem problem) {
        StringBuilder kinds = new StringBuilder();
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            kinds.append(kinds.isEmpty() ? "" : ", ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }

    private boolean mayGo(String person, Way way, Use use, String destination, String code, TransactionStatus transaction) {
        boolean may = keep(person, way, use, code) && (use == Use.LOGIN || countTo(way, destination));
        if (!may) {
            transaction.setRollbackOnly();
        } else if (use == Use.CONFIRMATION) {
            destinations.propose(person, way, destination);
        }
        return may;
    }

    /**
     * Whoever proposes a destination may not be its owner: all people together send there as often as one may. Login codes do not count, since they go to confirmed destinations only,
     * and nobody keeps the owner waiting by proposing theirs.
     */
    private boolean countTo(Way way, String destination) {
        Instant now = clock.instant();
        return database.sql("""
                INSERT INTO sent_to AS s (destination, since, sends) VALUES (:destination, :now, 1)
                ON CONFLICT (destination) DO UPDATE SET since = CASE WHEN s.since < :window THEN excluded.since ELSE s.since END,
                    sends = CASE WHEN s.since < :window THEN 1 ELSE s.sends + 1 END
                WHERE s.since < :window OR s.sends < :most
                """).param("destination", vault.hash("sent-to", way.word() + ' ' + destination.toLowerCase(Locale.ROOT)))
            .param("now", Timestamp.from(now)).param("window", Timestamp.from(now.minus(WINDOW))).param("most", MOST_IN_WINDOW).update() == 1;
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
