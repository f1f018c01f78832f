package antin.otp.throttle;

import antin.otp.throttle.Throttle.Wait;
import antin.otp.vault.Vault;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How many wrong passwords of a person are passed on to the directory, which locks after one more: nobody outside can pull that lock. Half of them are for
 * networks that the person never logged in from, so that strangers who use these up do not keep the owner out either; whoever comes from a known
 * network has what strangers left and the other half. Counted in the database before the try is made, so for all processes, and by the permanent number,
 * whatever address was typed; names that nobody has are counted alike. Safe for use by many threads.
 */
public final class PasswordBudget {

    /** What is said of a try before it is made. */
    public sealed interface Answer {
    }

    /** Not now. Nothing was counted. */
    public record Spent(Wait rest) implements Answer {
    }

    /** Go on, then tell how it ended. A try of which nobody tells the end stays counted. */
    public record Passed(long id, boolean known, List<Long> before, byte[] network) implements Answer {
    }

    private record Counted(long id, boolean known, boolean wrong, Instant begun) {
    }

    private static final Duration KNOWN = Duration.ofDays(30);
    /** A bind may wait for a connection and come to the directory later than it was counted here: it must be forgotten there first. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Vault vault;
    private final Clock clock;
    private final int most;
    private final Duration window;

    /**
     * @param lockAfter how many wrong passwords within {@code lock} the directory locks after
     * @param lock      and for how long
     */
    public PasswordBudget(JdbcClient database, TransactionOperations transactions, Vault vault, Clock clock, int lockAfter, Duration lock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
        this.most = lockAfter - 1;
        this.window = lock.plus(SLACK);
    }

    /** @param account a number, or the name as typed where nobody has it; @param address the client's IP address */
    public Answer begin(String account, String address) {
        String name = account.strip().toLowerCase(Locale.ROOT);
        byte[] key = vault.hash("password-budget", name);
        byte[] network = vault.hash("known-network", name + '\n' + CountedNetwork.of(address));
        return transactions.execute(transaction -> {
            // One at a time for this account, in all processes, until this transaction ends.
            database.sql("SELECT pg_advisory_xact_lock(?)").param(ByteBuffer.wrap(key).getLong()).query((row, number) -> true).list();
            Instant now = clock.instant();
            boolean known = database.sql("SELECT count(*) FROM known_network WHERE key = ? AND last_used > ?")
                .params(network, Timestamp.from(now.minus(KNOWN))).query(Integer.class).single() > 0;
            List<Counted> tries = database.sql("SELECT id, known, wrong, begun FROM password_try WHERE account = ? AND begun > ? ORDER BY begun, id")
                .params(key, Timestamp.from(now.minus(window)))
                .query((row, number) -> new Counted(row.getLong(1), row.getBoolean(2), row.getBoolean(3), row.getTimestamp(4).toInstant())).list();
            List<Counted> strangers = tries.stream().filter(made -> !made.known()).toList();
            int strangersMost = most / 2;
            if (!known && strangers.size() >= strangersMost) {
                return spent(strangers, strangersMost, now);
            }
            if (tries.size() >= most) {
                return spent(tries, most, now);
            }
            long id = database.sql("INSERT INTO password_try (account, known, begun) VALUES (?, ?, ?) RETURNING id")
                .params(key, known, Timestamp.from(now)).query(Long.class).single();
            return new Passed(id, known, tries.stream().filter(made -> made.known() && made.wrong()).map(Counted::id).toList(), network);
        });
    }

    /**
     * It was right: the directory has forgotten what was wrong before this bind, and so does this; but not what came meanwhile, and of strangers nothing,
     * who would win a try each time the owner logs in.
     */
    public void right(Passed passed) {
        undo(passed);
        passed.before().forEach(this::forget);
        database.sql("INSERT INTO known_network (key, last_used) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last_used = excluded.last_used")
            .params(passed.network(), Timestamp.from(clock.instant())).update();
    }

    public void wrong(Passed passed) {
        database.sql("UPDATE password_try SET wrong = true WHERE id = ?").param(passed.id()).update();
    }

    /** The directory was not asked, or cannot have counted it. */
    public void undo(Passed passed) {
        forget(passed.id());
    }

    /** Removes what has no more effect. */
    public void sweep() {
        Instant now = clock.instant();
        database.sql("DELETE FROM password_try WHERE begun < ?").param(Timestamp.from(now.minus(window))).update();
        database.sql("DELETE FROM known_network WHERE last_used < ?").param(Timestamp.from(now.minus(KNOWN))).update();
    }

    /** Until so many are forgotten that fewer than {@code limit} are left. */
    private Spent spent(List<Counted> counted, int limit, Instant now) {
        return new Spent(new Wait(Duration.between(now, counted.get(counted.size() - limit).begun().plus(window))));
    }

    private void forget(long id) {
        database.sql("DELETE FROM password_try WHERE id = ?").param(id).update();
    }
}
