package antin.backbone;

import antin.ca.CaMain;
import antin.directory.opendj.TestDirectory;
import antin.kernel.SecretFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real {@code ca} in a process of its own, with a ledger in the same PostgreSQL, and everything that its bootstrap makes. */
final class TestCa implements AutoCloseable {

    final int port = TestBackbone.freePort();
    private final int managementPort = TestBackbone.freePort();
    private final Path home;
    private @Nullable Process process;

    TestCa(Path home, TestDirectory directory, EmbeddedPostgres postgres, int statusPort) throws IOException {
        this.home = home;
        directory.issue("ca-process", "CN=ca", "antin:ca");
        for (String password : List.of("ca-root", "ca-issuing", "ca-internal", "directory-keystore")) {
            SecretFile.createRandom(home.resolve("secrets/" + password + ".password"), 32, new SecureRandom());
        }
        SecretFile.write(home.resolve("secrets/postgres-ca.password"), "postgres");
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE ca");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        String both = """
            root.password-file=secrets/ca-root.password
            issuing.password-file=secrets/ca-issuing.password
            internal.password-file=secrets/ca-internal.password
            directory-keystore.password-file=secrets/directory-keystore.password
            status-url=http://localhost:%d
            hosts=localhost,127.0.0.1
            sample=true
            base-dn=dc=city,dc=example
            """.formatted(statusPort);
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/bootstrap.properties"), both);
        Files.writeString(home.resolve("conf/ca.properties"), both + """
            internal.folder=%s
            internal-port=%d
            management-port=%d
            time-stamp-url=http://localhost:%d/tsa
            database.url=jdbc:postgresql://127.0.0.1:%d/ca
            database.user=postgres
            """.formatted(directory.internalFolder(), port, managementPort, statusPort, postgres.getPort()));
        await(run("--bootstrap", "conf/bootstrap.properties"));
        start();
    }

    Path statusKeys() {
        return home.resolve("status");
    }

    Path statusKeysPassword() {
        return home.resolve("secrets/status-keys.password");
    }

    /** The public root and issuing certificate, in PEM. */
    Path file(String name) {
        return home.resolve("tls").resolve(name + ".pem");
    }

    /** Returns when it is ready. */
    void start() throws IOException {
        Process started = run("conf/ca.properties");
        process = started;
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!isReady()) {
            if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("ca does not start: " + Files.readString(home.resolve("ca.out")));
            }
            pause();
        }
    }

    /** At once, as a crash. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
            "-Dantin.log=" + home.resolve("ca.log"), "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CaMain.class.getName()));
        for (String argument : arguments) {
            command.add(argument.startsWith("conf/") ? home.resolve(argument).toString() : argument);
        }
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve("ca.out").toFile()).start();
    }

    private void await(Process ending) throws IOException {
        try {
            if (!ending.waitFor(60, TimeUnit.SECONDS) || ending.exitValue() != 0) {
                throw new IOException("The bootstrap fails: " + Files.readString(home.resolve("ca.out")));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/ready").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
