package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory;
import antin.otp.OtpConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A letter that was accepted is delivered by LMTP, whenever the process that has it in hand is killed by SIGKILL; with the same Message-ID where it comes twice. */
class KilledOutboxTest {

    /** When it is killed. */
    enum Step {
        /** Written, and nobody has it in hand. */
        ACCEPTED(1),
        /** In hand, and connected. */
        CONNECTED(1),
        /** The recipient was named. */
        RECIPIENT(1),
        /** The letter was announced and not sent. */
        DATA(1),
        /** The mailbox has the letter, and the answer was not sent. */
        SENT(2),
        /** The answer was sent, and the letter is not marked yet. */
        ANSWERED(2);

        private final int letters;

        Step(int letters) {
            this.letters = letters;
        }
    }

    private static EmbeddedPostgres postgres;
    private static TestDirectory directory;

    @TempDir
    private Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private volatile @Nullable Step killAt;

    @BeforeAll
    static void start() throws IOException {
        directory = TestDirectory.shared();
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations(OtpConfiguration.MIGRATIONS).load().migrate();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void deliversWhatWasAccepted(Step step) throws Exception {
        killAt = step;
        String person = directory.people().getFirst().number();
        try (ServerSocket mailbox = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(mailbox));
            Process first = run(step == Step.ACCEPTED ? 0 : mailbox.getLocalPort(), 0, person);
            if (step == Step.ACCEPTED) {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> output().contains(OutboxProcess.ACCEPTED));
                first.destroyForcibly();
            }
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
            assertThat(first.exitValue()).as("SIGKILL").isEqualTo(128 + 9);
            assertThat(waiting()).as("not lost, not marked").isEqualTo(1);

            killAt = null;
            run(mailbox.getLocalPort(), 600, "-"); // what it had in hand is nobody's after five minutes
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
            Thread.sleep(500);
        }
        assertThat(letters).hasSize(step.letters);
        assertThat(letters).as("the same, with the same Message-ID").allMatch(letters.getFirst()::equals).allMatch(letter -> letter.contains("\r\nMessage-ID: <") && letter.endsWith("\r\n"));
    }

    private Process run(int lmtpPort, int ahead, String person) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-cp", System.getProperty("java.class.path"), OutboxProcess.class.getName(),
            postgres.getJdbcUrl("postgres", "postgres"), Integer.toString(lmtpPort), Integer.toString(ahead), person, Integer.toString(directory.ldapsPort()),
            directory.rootFile().toString(), directory.internalFolder().toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile())).start();
        processes.add(process);
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private int waiting() {
        return JdbcClient.create(postgres.getPostgresDatabase()).sql("SELECT count(*) FROM notice").query(Integer.class).single();
    }

    private void serve(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                converse(client);
            } catch (IOException | SQLException e) {
                // the process on the other side was killed, or the test is over
            }
        }
    }

    /** RFC 2033, as far as it goes for one recipient. */
    private void converse(Socket client) throws IOException, SQLException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream();
        kill(Step.CONNECTED);
        say(out, "220 mailbox LMTP");
        for (String line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
            switch (line.replaceAll("[ :].*", "")) {
                case "RCPT" -> {
                    kill(Step.RECIPIENT);
                    say(out, "250 fine");
                }
                case "DATA" -> {
                    kill(Step.DATA);
                    say(out, "354 go on");
                    keep(in, out);
                }
                default -> say(out, "250 fine");
            }
        }
    }

    private void keep(BufferedReader in, OutputStream out) throws IOException, SQLException {
        StringBuilder letter = new StringBuilder();
        String line = in.readLine();
        for (; line != null && !line.equals("."); line = in.readLine()) {
            letter.append(line).append("\r\n");
        }
        if (line == null) {
            return; // RFC 5321, 4.1.1.4: without its end it is no letter
        }
        letters.add(letter.toString());
        kill(Step.SENT);
        if (killAt != Step.ANSWERED) {
            say(out, "250 kept");
            return;
        }
        // Nobody can mark it while the table is locked: the process hangs there when it is killed.
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE notice IN EXCLUSIVE MODE");
            say(out, "250 kept");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> JdbcClient.create(postgres.getPostgresDatabase())
                .sql("SELECT count(*) FROM pg_locks WHERE NOT granted").query(Integer.class).single() > 0);
            kill(Step.ANSWERED);
            lock.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted"); // or the server would mark it for the dead
            connection.rollback();
        }
    }

    private void kill(Step step) {
        if (killAt == step) {
            try {
                processes.getFirst().destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
