package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir
    private Path home;

    private Installation installation;
    private Postgres postgres;
    private Databases databases;
    private int port;

    @BeforeEach
    void initialise() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        installation = new Installation(home, home.resolve("app"), Path.of(System.getProperty("java.home"), "bin", "java"));
        Secrets.create(installation);
        postgres = new Postgres(installation, port);
        databases = new Databases(installation, port);
        postgres.unpack();
        postgres.initialise();
        postgres.start();
        awaitAnswer();
    }

    @AfterEach
    void stop() throws Exception {
        postgres.daemon().stop(Duration.ofSeconds(20));
    }

    @Test
    void keepsWhatWasCommittedWhenKilled() throws Exception {
        databases.create();
        try (Connection connection = connect("mail"); var statement = connection.createStatement()) {
            statement.execute("create table letter as select 'Nguyễn Thị Ấn' as name");
        }
        ProcessHandle killed = postgres.daemon().running().orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get();
        assertThat(postgres.daemon().isDead()).isTrue();

        startAgain();
        databases.create();
        try (Connection connection = connect("mail"); var rows = connection.createStatement().executeQuery("select name from letter")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Nguyễn Thị Ấn");
        }
    }

    @Test
    void letsNoProcessIntoTheDatabaseOfAnother() throws Exception {
        databases.create();
        String password = SecretFile.text(installation.secret(Databases.passwordFile("mail")));
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/backbone", "mail", password))
            .hasMessageContaining("permission denied");
    }

    @Test
    void saysSoWhereThePasswordFileBelongsToAnotherState() throws Exception {
        SecretFile.write(installation.secret(Postgres.PASSWORD_FILE), "another");
        assertThatThrownBy(databases::answers).isInstanceOf(Problem.class).hasMessageContaining("Restore that file");
    }

    @Test
    void beginsAnewWhereAStartWasCutOff() throws Exception {
        postgres.daemon().stop(Duration.ofSeconds(20));
        Folders.delete(home.resolve("postgresql/data"));
        Files.createDirectories(home.resolve("postgresql/data.half/base"));
        assertThat(postgres.isInitialised()).isFalse();
        postgres.initialise();
        startAgain();
        assertThat(databases.answers()).isTrue();
        assertThat(home.resolve("postgresql/data.half")).doesNotExist();
    }

    /** As {@code up} does: the children of a killed server may hold the shared memory for a moment. */
    private void startAgain() throws Exception {
        postgres.start();
        awaitAnswer();
    }

    private void awaitAnswer() throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!databases.answers()) {
            assertThat(Instant.now()).isBefore(end);
            if (postgres.daemon().isDead()) {
                postgres.start();
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private Connection connect(String name) throws Exception {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + name, name,
            SecretFile.text(installation.secret(Databases.passwordFile(name))));
    }
}
