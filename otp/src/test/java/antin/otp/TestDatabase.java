package antin.otp;

import antin.kernel.SecretFile;
import antin.otp.vault.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL with our tables, one for all tests of a JVM: tests take names of their own. */
public final class TestDatabase {

    private static final DataSource DATABASE = start();

    private TestDatabase() {
    }

    public static JdbcClient client() {
        return JdbcClient.create(DATABASE);
    }

    public static TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    }

    public static Vault vault() {
        try {
            Path file = Files.createTempDirectory("antin-vault-").resolve("secret");
            SecretFile.createRandom(file, 32, new SecureRandom());
            return Vault.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSource start() {
        try {
            DataSource database = EmbeddedPostgres.builder().start().getPostgresDatabase();
            Flyway.configure().dataSource(database).locations(OtpConfiguration.MIGRATIONS).load().migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
