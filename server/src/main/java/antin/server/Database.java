package antin.server;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A process's PostgreSQL: a pool that tells an outage as what it is, and the migrations of all its modules in one history. */
public final class Database extends DelegatingDataSource implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    /**
     * Connects and migrates. Throws a {@link Problem}: {@code PEER_UNAVAILABLE} where the database does not answer now, {@code MISCONFIGURED} where it refuses us or is newer than
     * this program.
     *
     * @param process    under which name the server sees the connections
     * @param migrations Flyway's locations
     */
    public static Database open(String process, DatabaseSettings settings, String... migrations) {
        Database database = new Database(new HikariDataSource(pool(process, settings)));
        try {
            Flyway.configure().dataSource(database).locations(migrations).cleanDisabled(true).load().migrate();
            return database;
        } catch (FlywayException | Problem e) {
            database.close();
            throw problem(settings, e);
        }
    }

    private static Problem problem(DatabaseSettings settings, RuntimeException failure) {
        String what = "The database at " + settings.url() + " cannot be used: ";
        String state = state(failure);
        // PostgreSQL, appendix A: invalid authorization, invalid catalog name
        if (List.of("28", "3D").contains(state)) {
            return new Problem(Kind.MISCONFIGURED, what + "it refuses the user " + settings.user() + ", or there is no such database.", failure);
        }
        // connection, resources, operator (it starts or stops), system; and the pool's own patience, which has none
        return failure instanceof Problem || List.of("08", "53", "57", "58").contains(state) ? new Problem(Kind.PEER_UNAVAILABLE, what + "it does not answer.", failure)
            : new Problem(Kind.MISCONFIGURED, what + "its tables do not fit this program (see the log).", failure);
    }

    /** The class of what the server said; empty where it said nothing. */
    private static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said && said.getSQLState() != null && said.getSQLState().length() == 5) {
                return said.getSQLState().substring(0, 2);
            }
        }
        return "";
    }

    private static HikariConfig pool(String process, DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(process);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(SecretFile.text(settings.passwordFile()));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", process);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "30");
        return config;
    }

    /** Throws the {@link Problem} {@code PEER_UNAVAILABLE} where there is none within three seconds. */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The database does not answer.", e);
        }
    }

    /** Whether it answers now; throws as {@link #getConnection} where it does not let us in. */
    public boolean isAvailable() {
        try (Connection connection = getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
