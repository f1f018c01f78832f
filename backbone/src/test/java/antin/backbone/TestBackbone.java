package antin.backbone;

import antin.directory.opendj.TestAuthority;
import antin.directory.opendj.FreePort;
import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.process.Parts;
import antin.otp.factor.Base32;
import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogManager;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole process on free ports, with a real PostgreSQL and a real OpenDJ. One for all tests of a JVM, with a clock they move. */
final class TestBackbone implements AutoCloseable {

    private static @Nullable TestBackbone shared;

    final TestDirectory directory;
    final EmbeddedPostgres postgres;
    final MovableClock clock = new MovableClock();
    final Path home;
    final int port = freePort();
    final int internalPort = freePort();
    final int managementPort = freePort();
    final int statusPort = freePort();
    final int tokenPort = freePort();
    final TestCa ca;
    final TestOutsideCa outside;
    private final TestAuthority listeners = new TestAuthority("CN=Test Listener CA");
    private @Nullable Parts backbone;

    private TestBackbone(TestDirectory directory) throws IOException {
        LogManager.getLogManager().reset(); // Tomcat's own, which BackboneMain sends to logback
        this.directory = directory;
        this.home = Files.createTempDirectory("antin-backbone-");
        this.postgres = EmbeddedPostgres.builder().start();
        SecretFile.write(home.resolve("secrets/database.password"), "postgres");
        SecretFile.createRandom(home.resolve("secrets/backbone.key"), 32, new SecureRandom());
        listeners.write(home.resolve("tls/root.pem"));
        listeners.issue(home.resolve("tls"), "backbone", "CN=backbone listener", "");
        this.ca = new TestCa(home.resolve("ca-home"), directory, postgres, statusPort);
        this.outside = new TestOutsideCa(home.resolve("outside"), clock);
        Files.createDirectories(home.resolve("sample"));
        SecretFile.write(home.resolve("sample/people.tsv"), SecretFile.bytes(directory.state().resolve("sample/people.tsv")));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/backbone.properties"), configuration());
        Files.writeString(home.resolve("conf/directory.properties"), "password.oldest-days-administrator=3650\n"); // tests move the clock by days
        start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).until(this::isReady);
    }

    static synchronized TestBackbone shared() {
        TestBackbone running = shared;
        if (running == null) {
            try {
                running = new TestBackbone(TestDirectory.shared());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            shared = running;
        }
        return running;
    }

    /** With a directory of its own, to play outages. */
    static TestBackbone alone() throws IOException {
        return new TestBackbone(TestDirectory.start());
    }

    /** With a database of its own. */
    static TestBackbone withOwnDatabase() throws IOException {
        return new TestBackbone(TestDirectory.shared());
    }

    String configuration() {
        return """
            public-url=%s
            listen=127.0.0.1
            port=%d
            token-port=%d
            internal-port=%d
            management-port=%d
            tls.key-file=tls/backbone.key
            tls.chain-file=tls/backbone.pem
            internal.folder=%s
            database.url=jdbc:postgresql://127.0.0.1:%d/postgres
            database.user=postgres
            database.password-file=secrets/database.password
            directory.hosts=127.0.0.1:%d
            directory.base=dc=city,dc=example
            directory.trust-file=%s
            directory.mail-domain=city.example
            secret-key-file=secrets/backbone.key
            audit-folder=audit
            mail-audience=urn:antin:mail
            signing-audience=https://localhost:8443
            status-port=%d
            status-keys.folder=%s
            status-keys.password-file=%s
            ca-url=https://localhost:%d
            sample=true
            """.formatted(url(), port, tokenPort, internalPort, managementPort, directory.internalFolder(), postgres.getPort(), directory.ldapsPort(),
            directory.rootFile(), statusPort, ca.statusKeys(), ca.statusKeysPassword(), ca.port) + outside.configuration();
    }

    void start() {
        try {
            backbone = Backbone.start(BackboneSettings.read(Settings.read(home.resolve("conf/backbone.properties"))), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        Parts running = backbone;
        if (running != null) {
            running.close();
        }
    }

    private boolean isReady() throws IOException {
        return ((HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/ready").toURL().openConnection()).getResponseCode() == 200;
    }

    String url() {
        return "https://localhost:" + port;
    }

    URI uri(String path) {
        return URI.create(url() + path);
    }

    /** The code that the person's phone shows now, {@code steps} steps away. */
    String code(TestPerson person, int steps) {
        try {
            byte[] secret = Base32.decode(sample("otp.tsv", person.address()).getFirst().split("\t", -1)[1]);
            return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"),
                clock.instant().plusSeconds(30L * steps));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String appPassword(TestPerson person) {
        return sample("app-passwords.tsv", person.address()).getFirst().split("\t", -1)[2];
    }

    List<String> sample(String file, String first) {
        return SecretFile.text(home.resolve("sample").resolve(file)).lines().filter(line -> line.startsWith(first + "\t")).toList();
    }

    /** What the outbox holds for a person, oldest first. */
    List<String> letters(String person) {
        return JdbcClient.create(postgres.getPostgresDatabase()).sql("SELECT subject || chr(10) || body FROM notice WHERE person = ? ORDER BY created, id").param(person)
            .query((row, number) -> row.getString(1)).list();
    }

    String auditLog() {
        try {
            return Files.readString(home.resolve("audit/backbone.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SSLContext trust() {
        return trust(null);
    }

    /** With certificates of a client's own. */
    SSLContext trust(KeyManager @Nullable [] own) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", listeners.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        ca.close();
        outside.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        return FreePort.next();
    }
}
