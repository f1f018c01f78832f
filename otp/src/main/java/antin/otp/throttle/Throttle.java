package antin.otp.throttle;

import antin.otp.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts tries before they are made, so that a hundred at once are a hundred. Three counters: the account from this address,
 * the account from anywhere, the address at any account. A pair of account and address that logged in within a month answers
 * only for itself: strangers elsewhere, or a careless neighbour behind the same address, do not lock the owner out.
 */
public final class Throttle {

    /** What {@link #begin} says. */
    public sealed interface Answer {
    }

    /** Not now. Nothing was counted. */
    public record Wait(Duration rest) implements Answer {

        /** Whole seconds, at least one (RFC 9110, 10.2.3). */
        public long seconds() {
            return Math.max(1, rest.plusMillis(999).toSeconds());
        }
    }

    /** Go on, then tell how it ended. A try of which nobody tells the end stays counted as a failure. */
    public record Try(List<Counter> counters) implements Answer {
    }

    record Counter(byte[] key, Limit limit) {
    }

    private record State(int failures, Instant blockedUntil, Instant lastTry, Instant lastSuccess) {
    }

    private static final Duration KNOWN = Duration.ofDays(30);
    private static final Duration FORGET = Duration.ofDays(1);

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Vault vault;
    private final Clock clock;

    public Throttle(JdbcClient database, TransactionOperations transactions, Vault vault, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    /** @param account a name as typed, or a number; @param address the client's IP address */
    public Answer begin(Door door, String account, String address) {
        String name = account.strip().toLowerCase(Locale.ROOT);
        String network = CountedNetwork.of(address);
        Counter pair = counter(door, door.pair(), "pair", name + '\n' + network);
        List<Counter> others = List.of(counter(door, door.account(), "account", name), counter(door, door.address(), "address", network));
        return transactions.execute(transaction -> {
            Instant now = clock.instant();
            State state = charge(pair, now);
            boolean known = state.lastSuccess().isAfter(now.minus(KNOWN));
            Instant blocked = known ? state.blockedUntil() : others.stream().map(counter -> charge(counter, now).blockedUntil())
                .reduce(state.blockedUntil(), (a, b) -> a.isAfter(b) ? a : b);
            if (blocked.isAfter(now)) {
                transaction.setRollbackOnly();
                return new Wait(Duration.between(now, blocked));
            }
            return new Try(known ? List.of(pair) : List.of(pair, others.get(0), others.get(1)));
        });
    }

    /** The pair starts anew and is known from now on. The wider counters only forget this one try: a success elsewhere is no reason. */
    public void succeeded(Try attempt) {
        undo(attempt);
        database.sql("UPDATE throttle SET failures = 0, blocked_until = 'epoch', last_success = ? WHERE key = ?")
            .params(Timestamp.from(clock.instant()), attempt.counters().getFirst().key()).update();
    }

    /** The try was no guess (the directory was away, a code came twice): as if it had not been. */
    public void undo(Try attempt) {
        for (Counter counter : attempt.counters()) {
            database.sql("""
                    UPDATE throttle SET failures = greatest(failures - 1, 0),
                        blocked_until = CASE WHEN failures <= CAST(? AS integer) THEN 'epoch' ELSE blocked_until END WHERE key = ?
                    """)
                .params(counter.limit().free(), counter.key()).update();
        }
    }

    /** Removes what has no more effect. */
    public void sweep() {
        Instant now = clock.instant();
        database.sql("DELETE FROM throttle WHERE last_try < ? AND last_success < ?")
            .params(Timestamp.from(now.minus(FORGET)), Timestamp.from(now.minus(KNOWN))).update();
    }

    /** Counts the try, unless it is blocked. Answers the state BEFORE it: the block that this very try causes meets only the next one. */
    private State charge(Counter counter, Instant now) {
        Timestamp time = Timestamp.from(now);
        database.sql("INSERT INTO throttle (key, last_try) VALUES (?, ?) ON CONFLICT (key) DO NOTHING").params(counter.key(), time).update();
        State before = database.sql("SELECT failures, blocked_until, last_try, last_success FROM throttle WHERE key = ? FOR UPDATE")
            .param(counter.key()).query(Throttle::state).single();
        if (!before.blockedUntil().isAfter(now)) {
            int failures = before.lastTry().isBefore(now.minus(FORGET)) ? 1 : before.failures() + 1;
            Duration delay = counter.limit().delay(failures);
            // no delay is no block at all: not even one until now, which is later for a try that waited for this row
            Instant blockedUntil = delay.isZero() ? Instant.EPOCH : now.plus(delay);
            database.sql("UPDATE throttle SET failures = ?, blocked_until = ?, last_try = ? WHERE key = ?")
                .params(failures, Timestamp.from(blockedUntil), time, counter.key()).update();
        }
        return before;
    }

    private static State state(ResultSet row, int number) throws SQLException {
        return new State(row.getInt("failures"), row.getTimestamp("blocked_until").toInstant(), row.getTimestamp("last_try").toInstant(),
            row.getTimestamp("last_success").toInstant());
    }

    private Counter counter(Door door, Limit limit, String kind, String what) {
        return new Counter(vault.hash("throttle", door + "\n" + kind + '\n' + what), limit);
    }
}
