package antin.signing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tests' PostgreSQL, killed without a word and started again on the same files and port. */
final class MortalPostgres {

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final List<String> command = new ArrayList<>();

    MortalPostgres(EmbeddedPostgres postgres) throws IOException {
        this.postgres = postgres;
        // the tests' server promises nothing that a kill could break, unless it is told to: this holds for connections made from now on
        JdbcClient.create(postgres.getPostgresDatabase()).sql("ALTER ROLE postgres SET synchronous_commit = on").update();
        folder = Path.of(JdbcClient.create(postgres.getPostgresDatabase()).sql("SHOW data_directory").query(String.class).single());
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U")); // it refuses to run as root
        }
        Path process = Path.of("/proc/" + pid());
        List<String> arguments = List.of(Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8).split("\0"));
        command.add(process.resolve("exe").toRealPath().toString());
        command.addAll(arguments.subList(1, arguments.size()));
    }

    /** The first process, and with it all that it made (they end when it is gone). */
    void kill() throws IOException {
        ProcessHandle first = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> others = first.descendants().toList();
        first.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
    }

    void start() throws IOException {
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("again.log").toFile()).start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answers);
    }

    private boolean answers() {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private long pid() {
        try {
            return Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
