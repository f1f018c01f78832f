package antin.otp.apppassword;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Logins that were ended before their time, in the order in which they were: whoever keeps connections open (mail-server) asks what is new and
 * closes them. Safe for use by many threads and several processes.
 */
public final class EndedLogins {

    /**
     * One that is over.
     *
     * @param credential the app password or the OAuth authorization; null: whatever the person logged in with
     */
    public record Ended(long sequence, String person, @Nullable UUID credential) {
    }

    /** How long one is told: an open connection's keeper that was away so long asks the directory and the passwords anew. */
    private static final Duration TOLD = Duration.ofDays(1);
    private static final int MOST = 1_000;
    private static final long TURN = 0x616e74696e01L; // the advisory lock's own number

    /** How often those who wait look for what another process has ended. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final JdbcClient database;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    public EndedLogins(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param credential empty: all of the person's logins */
    public void end(String person, Optional<UUID> credential) {
        // One after the other until the end of the transaction: numbers become visible in their order, so that a reader skips none.
        database.sql("""
                WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(?))
                INSERT INTO ended_login (person, credential, at) SELECT ?, CAST(? AS uuid), ? FROM turn
                """)
            .param(TURN).param(person).param(credential.map(UUID::toString).orElse(null)).param(Timestamp.from(clock.instant())).update();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wake();
                }
            });
        } else {
            wake();
        }
    }

    /** As {@link #after(long)}; where there is none, waits so long for the first. */
    public List<Ended> after(long sequence, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            List<Ended> ended = after(sequence);
            long rest = end - System.nanoTime();
            if (!ended.isEmpty() || rest <= 0 || sequence > last()) {
                return ended;
            }
            lock.lock();
            try {
                var unused = news.awaitNanos(Math.min(rest, LOOK.toNanos()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ended;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The next ones, oldest first, at most a thousand. */
    public List<Ended> after(long sequence) {
        return database.sql("SELECT seq, person, credential FROM ended_login WHERE seq > ? ORDER BY seq LIMIT " + MOST).param(sequence)
            .query((row, number) -> new Ended(row.getLong("seq"), row.getString("person"), row.getObject("credential", UUID.class))).list();
    }

    /** The number of the last one; 0 before the first. */
    public long last() {
        return database.sql("SELECT coalesce(max(seq), 0) FROM ended_login").query(Long.class).single();
    }

    private void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes what nobody asks for any more, but not the last one, which keeps the count. */
    public void sweep() {
        database.sql("DELETE FROM ended_login WHERE at < ? AND seq < (SELECT max(seq) FROM ended_login)")
            .param(Timestamp.from(clock.instant().minus(TOLD))).update();
    }
}
