package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.tls.PeerName;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** With a city of its own, since it breaks it. */
@TestInstance(Lifecycle.PER_CLASS)
class OutageTest {

    private TestBackbone backbone = TestBackbone.shared();

    @BeforeAll
    void start() throws IOException {
        backbone = TestBackbone.alone();
    }

    @AfterAll
    void stop() {
        backbone.close();
        backbone.directory.close();
    }

    @Test
    void answersThatItIsTemporaryWhileTheDirectoryIsAwayAndGoesOnAfterwards() throws Exception {
        TestPerson person = backbone.directory.people().get(1);
        TestBrowser loggedIn = new TestBrowser(backbone).logIn(person);
        String password = backbone.appPassword(person);
        assertThat(mailLogin(person, password).statusCode()).isEqualTo(200);
        assertThat(units().statusCode()).isEqualTo(200);
        backbone.clock.forward(Duration.ofSeconds(20));
        backbone.directory.stopServer();
        HttpResponse<String> page = new TestBrowser(backbone).password(person);
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("Tạm thời gián đoạn");
        assertThat(loggedIn.get("/account").statusCode()).isEqualTo(503);
        assertThat(mailLogin(person, password).statusCode()).isEqualTo(503);
        assertThat(units().statusCode()).isEqualTo(503);
        assertThat(units().headers().firstValue("Retry-After")).isPresent();
        assertThat(units().headers().firstValue("Content-Type")).hasValue("application/scim+json");
        assertThat(mailLogin(person, "wrong").statusCode()).as("that needs no directory").isEqualTo(401);
        assertThat(management("/ready").statusCode()).isEqualTo(503);
        assertThat(management("/ready").body()).contains("\"directory\":\"away\"", "\"database\":\"up\"");
        assertThat(management("/health").statusCode()).isEqualTo(200);

        backbone.directory.startServer();
        assertThat(units().statusCode()).isEqualTo(200);
        assertThat(new TestBrowser(backbone).password(person).statusCode()).isEqualTo(303);
        assertThat(mailLogin(person, password).statusCode()).isEqualTo(200);
        assertThat(management("/ready").statusCode()).isEqualTo(200);
        assertThat(management("/metrics").body()).contains("antin_outcomes_total{act=\"mail.login\",outcome=\"accepted\"}", "jvm_memory_used_bytes");
    }

    @Test
    void shutsOutWhoeverIsDisabledInTheDirectory() throws Exception {
        TestPerson person = backbone.directory.people().get(2);
        TestBrowser loggedIn = new TestBrowser(backbone).logIn(person);
        assertThat(loggedIn.get("/account").statusCode()).isEqualTo(200);
        try (LDAPConnection manager = new LDAPConnection(managerSockets(), "127.0.0.1", backbone.directory.ldapsPort(),
            TestDirectory.MANAGER, backbone.directory.managerPassword())) {
            manager.modify("uid=" + person.number() + ",ou=people,dc=city,dc=example",
                new Modification(ModificationType.REPLACE, "antinStatus", "disabled"));
        }
        backbone.clock.forward(Duration.ofSeconds(6));
        assertThat(loggedIn.get("/account").statusCode()).isEqualTo(403);
        assertThat(mailLogin(person, backbone.appPassword(person)).statusCode()).isEqualTo(401);
        assertThat(new TestBrowser(backbone).password(person).statusCode()).isEqualTo(401);
    }

    @Test
    void mendsTheSamplesFilesAndRows() throws IOException {
        TestPerson person = backbone.directory.people().get(3);
        String before = SecretFile.text(backbone.home.resolve("sample/app-passwords.tsv"));
        Files.delete(backbone.home.resolve("sample/otp.tsv"));
        Files.delete(backbone.home.resolve("sample/clients.tsv"));
        backbone.stop();
        backbone.start();
        assertThat(SecretFile.text(backbone.home.resolve("sample/app-passwords.tsv"))).isEqualTo(before);
        new TestBrowser(backbone).logIn(person);
        assertThat(backbone.sample("clients.tsv", "sample-documents")).hasSize(1);
    }

    @Test
    void saysInOneSentenceWhyItCannotStart() throws IOException {
        Path file = backbone.home.resolve("conf/other.properties");
        assertThatThrownBy(() -> start(file, "secret-key-file=secrets/backbone.key", "secret-key-file=secrets/none.key"))
            .isInstanceOf(Problem.class).hasMessageContaining("none.key is missing");
        String apart = "audit-folder=audit2\nstatus-copy.folder=status-copy2\n"; // of the one that runs
        assertThatThrownBy(() -> start(file, "/postgres\n", "/nothing\n", "audit-folder=audit\n", apart, "status-port=" + backbone.statusPort, "status-port=" + TestBackbone.freePort(),
            "management-port=" + backbone.managementPort, "management-port=" + TestBackbone.freePort())).isInstanceOf(Problem.class).hasMessageContaining("cannot be used");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(file, "audit-folder=audit\n", apart, "port=" + backbone.port, "port=" + taken.getLocalPort()))
                .isInstanceOf(Problem.class).hasMessageContaining("is taken");
        }
    }

    private void start(Path file, String... replaced) throws IOException {
        String text = backbone.configuration();
        for (int i = 0; i < replaced.length; i += 2) {
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        Files.writeString(file, text);
        Backbone.start(BackboneSettings.read(Settings.read(file)), Clock.systemUTC()).close();
    }

    private SSLSocketFactory managerSockets() throws GeneralSecurityException {
        return new SSLUtil(new PEMFileTrustManager(backbone.directory.rootFile().toFile())).createSSLSocketFactory();
    }

    private HttpResponse<String> management(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + backbone.managementPort + path)).build(),
            BodyHandlers.ofString());
    }

    private HttpResponse<String> units() {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/scim/v2/Groups"))
            .header("Authorization", "Bearer " + new SignedTokens(backbone).with("directory.read")));
    }

    private HttpResponse<String> mailLogin(TestPerson person, String password) throws Exception {
        HttpClient mailServer = HttpClient.newBuilder().sslContext(backbone.directory.mailServer().clientContext(new PeerName("antin:backbone"))).build();
        String question = "{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"imap\",\"address\":\"192.0.2.4\"}".formatted(person.address(), password);
        return mailServer.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/mail-logins"))
            .POST(HttpRequest.BodyPublishers.ofString(question)).build(), BodyHandlers.ofString());
    }
}
