package antin.mail;

import antin.directory.opendj.TestDirectory;
import antin.kernel.SecretFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** mail-server in a process of its own, with a real PostgreSQL, a real OpenDJ, and {@link FakeBackbone}. */
final class TestInstallation implements AutoCloseable {

    static final String AN = "an.nguyen@city.example";
    static final String PASSWORD = "app-password-of-the-sender";
    private static @Nullable TestInstallation shared;

    final TestDirectory directory;
    final EmbeddedPostgres postgres;
    final FakeBackbone backbone;
    final TestIssuer issuer;
    final Path state;
    final Map<String, Integer> ports = new TreeMap<>();
    private @Nullable Process process;

    private TestInstallation() throws Exception {
        directory = TestDirectory.shared();
        postgres = EmbeddedPostgres.builder().start();
        backbone = new FakeBackbone(directory.backbone());
        state = Files.createTempDirectory("antin-mail-");
        directory.issue("mail-listener", "CN=localhost", "antin:mail-listener");
        issuer = new TestIssuer(directory);
        directory.people().forEach(person -> backbone.allowPerson(person.address(), PASSWORD, person.address(), person.number(), "app-" + person.number(), "imap", "pop", "smtp", "sieve"));
        configure();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** One for all tests of this JVM; those that kill or stop the process start it again. */
    static synchronized TestInstallation shared() {
        TestInstallation installation = shared;
        if (installation == null) {
            try {
                installation = new TestInstallation();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            installation.start();
            shared = installation;
        }
        return installation;
    }

    int port(String name) {
        return Objects.requireNonNull(ports.get(name + "-port"));
    }

    String sender() {
        return directory.people().get(0).address();
    }

    String recipient() {
        return directory.people().get(1).address();
    }

    /** Root of the listeners' certificate. */
    Path trust() {
        return directory.internalFolder().resolve("ca.pem");
    }

    /** Returns when it is ready; says after how many milliseconds. */
    long start() {
        Instant begun = Instant.now();
        try {
            process = command(state.resolve("conf/mail-server.properties")).redirectErrorStream(true).redirectOutput(state.resolve("out").toFile()).start();
            while (!ready()) {
                if (!process.isAlive() || Instant.now().isAfter(begun.plusSeconds(60))) {
                    throw new IllegalStateException("mail-server does not start: " + Files.readString(state.resolve("out")));
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.between(begun, Instant.now()).toMillis();
    }

    ProcessBuilder command(Path configuration) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m",
            "-XX:TieredStopAtLevel=1", "-Dantin.log=" + state.resolve("log/mail-server.log"), "-cp", System.getProperty("java.class.path"),
            "antin.mail.MailMain", configuration.toString()));
        return new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
    }

    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** By SIGTERM; says after how many milliseconds it was gone, and its exit code by {@code waitFor}. */
    boolean stop(Duration patience) throws InterruptedException {
        Process running = process;
        if (running == null) {
            return true;
        }
        running.destroy();
        return running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    boolean ready() {
        return management("/ready").startsWith("200");
    }

    /** Status and body. */
    String management(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("management") + path)).build(),
                HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    String audit() throws IOException {
        return Files.readString(state.resolve("audit/mail-server.log"));
    }

    Connection database() throws SQLException {
        return postgres.getDatabase("postgres", "mail").getConnection();
    }

    static String properties(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        ports.forEach((name, port) -> settings.put(name, port.toString()));
        Path internal = directory.internalFolder();
        settings.put("listen", "127.0.0.1");
        settings.put("hostname", "localhost");
        settings.put("mail-domain", TestDirectory.MAIL_DOMAIN);
        settings.put("tls.key-file", internal.resolve("mail-listener.key").toString());
        settings.put("tls.chain-file", internal.resolve("mail-listener.pem").toString());
        settings.put("internal.folder", internal.toString());
        settings.put("login-url", backbone.url());
        settings.put("proxies", "127.0.0.2/32, 2001:db8::/32");
        settings.put("token.issuer", issuer.url());
        settings.put("token.trust-file", trust().toString());
        settings.put("database.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/mail");
        settings.put("database.user", "postgres");
        settings.put("database.password-file", "secrets/postgres-mail.password");
        settings.put("directory.hosts", "127.0.0.1:" + directory.ldapsPort());
        settings.put("directory.base", TestDirectory.BASE);
        settings.put("directory.trust-file", directory.rootFile().toString());
        settings.put("directory.mail-domain", TestDirectory.MAIL_DOMAIN);
        settings.put("audit-folder", "audit");
        settings.put("work-folder", "mail");
        settings.put("max-letter-bytes", "10485760");
        return settings;
    }

    private void configure() throws IOException, SQLException {
        for (String name : List.of("smtp", "submission", "submissions", "lmtp", "imap", "imaps", "pop3", "pop3s", "sieve", "management")) {
            ports.put(name + "-port", freePort());
        }
        SecretFile.write(state.resolve("secrets/postgres-mail.password"), "postgres");
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE mail");
        }
        Files.createDirectories(state.resolve("conf"));
        Files.createDirectories(state.resolve("log"));
        Files.writeString(state.resolve("conf/mail-server.properties"), properties(settings()));
    }

    @Override
    public void close() {
        kill();
        backbone.close();
        issuer.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
