package antin.mail.store;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The pool of connections, the schema brought up to date by Flyway, and OpenJPA on top, which never changes the schema. Safe for many threads. */
public final class MailDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 20;
    private static final int PATIENCE_MS = 10_000;

    private final HikariDataSource pool;
    private final EntityManagerFactory entities;

    private MailDatabase(HikariDataSource pool, EntityManagerFactory entities) {
        this.pool = pool;
        this.entities = entities;
    }

    public static MailDatabase open(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mail");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(PATIENCE_MS);
        // A letter is acknowledged after its commit: whatever the server's default, that commit is on disk.
        config.setConnectionInitSql("SET synchronous_commit TO on");
        try {
            HikariDataSource pool = new HikariDataSource(config);
            migrate(pool, url);
            return new MailDatabase(pool, Persistence.createEntityManagerFactory("mail", properties(pool)));
        } catch (com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            throw new Problem(Kind.MISCONFIGURED, "The database " + url + " does not answer user " + user
                + ". Check database.url, database.user and database.password-file, and that it runs.", e);
        }
    }

    public DataSource connections() {
        return pool;
    }

    public EntityManagerFactory entities() {
        return entities;
    }

    public boolean isAvailable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        entities.close();
        pool.close();
    }

    private static void migrate(HikariDataSource pool, String url) {
        try {
            Flyway.configure().dataSource(pool).locations("classpath:antin/mail/store").load().migrate();
        } catch (FlywayException e) {
            pool.close();
            throw new Problem(Kind.MISCONFIGURED, "The tables in the database " + url + " could not be brought up to date.", e);
        }
    }

    private static Map<String, Object> properties(DataSource pool) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("openjpa.ConnectionFactory", pool);
        properties.put("openjpa.jdbc.DBDictionary", "postgres");
        properties.put("openjpa.jdbc.QuerySQLCache", "false");
        properties.put("openjpa.Multithreaded", "true");
        properties.put("openjpa.Log", "slf4j");
        properties.put("openjpa.DynamicEnhancementAgent", "false"); // James's entities are enhanced when it is built
        properties.put("openjpa.RuntimeUnenhancedClasses", "unsupported");
        return properties;
    }
}
