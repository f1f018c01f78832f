package antin.ca.ledger;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** The ledger's PostgreSQL: a pool, the migrations, and the lock that keeps a second writer out. Safe for use by many threads. */
public final class LedgerDatabase implements AutoCloseable {

    static final String APPLICATION = "antin-ca";
    private static final String MIGRATIONS = "classpath:antin/ca/migrations";
    private static final int CONNECTIONS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final SoleWriter sole;
    private final HikariDataSource pool;

    private LedgerDatabase(SoleWriter sole, HikariDataSource pool) {
        this.sole = sole;
        this.pool = pool;
    }

    /** Connects and migrates. Refuses to start on a database that cannot be reached, has another writer, or is newer than this program. */
    public static LedgerDatabase open(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(APPLICATION);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout((int) PATIENCE.toSeconds());
        source.setSocketTimeout(30);
        try {
            return open(source);
        } catch (SQLException e) {
            throw new Problem(Kind.MISCONFIGURED, "The database at " + url + " cannot be used: it does not answer or refuses the user " + user + ".", e);
        } catch (FlywayException e) {
            throw new Problem(Kind.MISCONFIGURED, "The database at " + url + " cannot be used: its tables do not fit this program (see the log).", e);
        }
    }

    /** As the other, on connections of {@code source}, which must not be pooled. */
    public static LedgerDatabase open(DataSource source) throws SQLException {
        SoleWriter sole = SoleWriter.become(source);
        HikariConfig config = new HikariConfig();
        config.setPoolName("ca");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(PATIENCE.toMillis());
        LedgerDatabase database = new LedgerDatabase(sole, new HikariDataSource(config));
        try {
            Flyway.configure().dataSource(database.pool).locations(MIGRATIONS).cleanDisabled(true).load().migrate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Whether it can be written to now. */
    public boolean isAvailable() {
        try (Connection connection = pool.getConnection()) {
            return sole.isHeld() && connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    /** Each statement by itself. */
    <T> T ask(Work<T> work) throws SQLException {
        sole.check();
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        }
    }

    /** All statements or none; the pool sets the connection right again. */
    <T> T together(Work<T> work) throws SQLException {
        return ask(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            }
        });
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is gone, and the work with it
        }
    }

    /** What the caller of an authority is told. */
    static Problem problem(SQLException cause) {
        String state = cause.getSQLState();
        // Classes of PostgreSQL's appendix A: connection, rollback, resources, operator, system; without a state it is the pool's timeout
        boolean temporary = state == null || List.of("08", "40", "53", "57", "58").contains(state.substring(0, Math.min(2, state.length())));
        return temporary ? new Problem(Kind.PEER_UNAVAILABLE, "The ledger does not answer.", cause)
            : new Problem(Kind.INTERNAL, "The ledger refused a statement.", cause);
    }

    @Override
    public void close() {
        pool.close();
        sole.close();
    }
}
