package antin.ca.ledger;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write the ledger: an advisory lock of PostgreSQL, held by a connection of its own. Change numbers are counted in
 * memory, so two writers would tell the same number for two changes.
 */
final class SoleWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SoleWriter.class);
    private static final long LOCK = 0x616e74696e6361L; // "antinca"
    private static final int LOOK_SECONDS = 2;
    private static final int PREDECESSOR_SECONDS = 5;

    private final DataSource source;
    private final ScheduledExecutorService timer;
    private volatile @Nullable Connection holder;

    private SoleWriter(DataSource source, Connection holder) {
        this.source = source;
        this.holder = holder;
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ledger-lock").factory());
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    static SoleWriter become(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            for (int i = 0; !lock(connection); i++) { // a killed predecessor's connection lives a moment longer than it
                if (i == PREDECESSOR_SECONDS * 10) {
                    throw new Problem(Kind.MISCONFIGURED, "Another ca process writes to this database. Stop it first.");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            endPredecessor(connection);
            return new SoleWriter(source, connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.close();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The start was interrupted.", e);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** A statement that a killed predecessor sent may still be under way; what it changes must not come after what is read now. */
    private static void endPredecessor(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, " + PREDECESSOR_SECONDS * 1000 + ") from pg_stat_activity where datname = current_database()"
                + " and usename = current_user and application_name = '" + LedgerDatabase.APPLICATION + "' and pid <> pg_backend_pid()");
        }
    }

    boolean isHeld() {
        return holder != null;
    }

    void check() throws SQLException {
        if (!isHeld()) {
            throw new SQLException("The lock is lost", "08003"); // PostgreSQL, appendix A: connection_does_not_exist
        }
    }

    private void look() {
        Connection held = holder;
        try {
            if (held != null && !held.isValid(LOOK_SECONDS)) {
                LOG.warn("The ledger's lock is lost; nothing is issued until it is back");
                holder = null;
                held.close();
            } else if (held == null) {
                Connection connection = source.getConnection();
                if (lock(connection)) {
                    holder = connection;
                    LOG.info("The ledger's lock is back");
                } else {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            LOG.debug("The ledger's database is away", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        Connection held = holder;
        holder = null;
        if (held != null) {
            try {
                held.close();
            } catch (SQLException e) {
                LOG.debug("The connection was gone already", e);
            }
        }
    }
}
