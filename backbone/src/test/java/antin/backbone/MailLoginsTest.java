package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.FunctionalMailbox;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.otp.apppassword.EndedLogins;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MailLoginsTest {

    private static final PeerName BACKBONE = new PeerName("antin:backbone");

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestPerson person = backbone.directory.people().get(2);
    private final TestPerson other = backbone.directory.people().get(3);
    private final HttpClient mailServer = client(backbone.directory.mailServer());

    @Test
    void opensAMailboxForAnAppPasswordWithOrWithoutItsDashesAndInCapitals() throws Exception {
        String password = backbone.appPassword(person);
        assertThat(ask(person.address(), password, "imap").body())
            .contains("\"person\":\"" + person.number() + '"', "\"address\":\"" + person.address() + '"');
        assertThat(ask(person.address().toUpperCase(Locale.ROOT), password.replace("-", ""), "smtp").statusCode()).isEqualTo(200);
        assertThat(ask(person.number(), password.replace('-', ' ').toUpperCase(Locale.ROOT), "pop").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTheDirectoryPasswordAndAnotherPersonsAppPassword() throws Exception {
        assertThat(ask(person.address(), person.password(), "imap").statusCode()).isEqualTo(401);
        assertThat(ask(person.address(), backbone.appPassword(other), "imap").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsWhichAppPasswordItWas() throws Exception {
        assertThat(ask(person.address(), backbone.appPassword(person), "imap").body()).matches(".*\"credential\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\".*");
    }

    @Test
    void opensAFunctionalMailboxForItsReaderOnly() throws Exception {
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            FunctionalMailbox clerks = directory.register().add(new FunctionalMailbox("mail-logins-clerks", "Văn thư", "van-thu-mlt@city.example", List.of("vt-mlt@city.example"),
                person.unit(), true, Set.of(new FunctionalMailbox.OnePerson(person.number())), Set.of(), List.of(), 0));
            String opened = "\"person\":\"" + person.number() + "\",\"address\":\"" + clerks.address() + '"';
            assertThat(ask("VT-mlt@city.example", backbone.appPassword(person), "imap").body()).contains(opened);
            assertThat(askFor(person, person.address(), clerks.address()).body()).contains(opened);
            assertThat(ask(clerks.address(), backbone.appPassword(person), "smtp").statusCode()).as("reading is not sending").isEqualTo(401);
            assertThat(ask(clerks.address(), backbone.appPassword(other), "imap").statusCode()).isEqualTo(401);
            assertThat(askFor(other, other.address(), clerks.address()).statusCode()).isEqualTo(401);
            assertThat(askFor(person, person.address(), other.address()).statusCode()).as("no swapped user").isEqualTo(401);
            assertThat(askFor(person, other.address(), person.address()).statusCode()).isEqualTo(401);
            assertThat(askFor(person, person.address(), person.number()).body()).contains("\"address\":\"" + person.address() + '"');
            directory.register().remove(clerks);
        }
    }

    @Test
    void tellsMailServerWhatHasEnded() throws Exception {
        long before = Long.parseLong(ended("").body().replaceAll(".*\"last\":([0-9]+).*", "$1"));
        new EndedLogins(JdbcClient.create(backbone.postgres.getPostgresDatabase()), Clock.systemUTC()).end(person.number(), Optional.empty());
        assertThat(ended("?after=" + before).body()).contains("\"last\":" + (before + 1), "{\"person\":\"" + person.number() + "\",\"credential\":null}");
        assertThat(ended("?after=" + (before + 1)).body()).contains("\"ended\":[]");
        assertThat(ended("?after=x").statusCode()).isEqualTo(400);
        assertThat(ended("?after=99999999999999999999").statusCode()).isEqualTo(400);
    }

    /** From a network that the owner never came from: once, and not from the same one again. */
    @Test
    void writesTheOwnerALetterAboutANewNetworkOnce() throws Exception {
        TestPerson owner = backbone.directory.people().get(6);
        for (String address : List.of("198.51.100.7", "198.51.100.8", "127.0.0.1", "2001:db8:77::1", "2001:db8:77:ffff::2")) {
            assertThat(ask(owner.address(), backbone.appPassword(owner), "imap", address).statusCode()).isEqualTo(200);
        }
        List<String> letters = JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("SELECT body FROM notice WHERE person = ? ORDER BY created").param(owner.number())
            .query((row, number) -> row.getString("body")).list();
        assertThat(letters).hasSize(2);
        assertThat(letters.getFirst()).contains("198.51.100.7", "IMAP").doesNotContain(backbone.appPassword(owner));
        assertThat(letters.getLast()).contains("2001:db8:77:0:0:0:0:0/64");
        assertThat(backbone.auditLog()).contains("app-password.first-use");
    }

    @Test
    void answersUnknownNamesLikeWrongPasswordsAndSlowsBothDownAlike() throws Exception {
        for (String name : new String[] {"nobody@city.example", other.address()}) {
            HttpResponse<String> first = ask(name, "wrong", "imap", "203.0.113.77");
            assertThat(first.statusCode()).isEqualTo(401);
            assertThat(first.body()).isEqualTo("{\"type\":\"/problems/bad-credentials\",\"title\":\"The name or the password is wrong.\",\"status\":401}");
            IntStream.range(0, 4).forEach(i -> assertThat(askQuietly(name, "wrong")).isEqualTo(401));
            HttpResponse<String> throttled = ask(name, "wrong", "imap", "203.0.113.77");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).hasValue("2");
        }
        assertThat(ask(other.address(), backbone.appPassword(other), "imap", "203.0.113.77").statusCode())
            .as("a right one is no guess").isEqualTo(200);
    }

    @Test
    void refusesWhatIsNotAQuestion() throws Exception {
        assertThat(send("{\"login\":\"a\"}").statusCode()).isEqualTo(400);
        assertThat(send("no json").statusCode()).isEqualTo(400);
        assertThat(send("{\"login\":\"" + "a".repeat(9_000) + "\"}").statusCode()).isEqualTo(400);
        assertThat(ask(person.address(), "x", "webmail").statusCode()).isEqualTo(400);
    }

    @Test
    void letsOnlyMailServerInAndServesNothingElse() throws Exception {
        assertThatThrownBy(() -> rawAnswer(backbone.directory.backbone())).isInstanceOf(IOException.class);
        InternalIdentity stranger = backbone.directory.issue("stranger", "CN=stranger", "antin:stranger");
        assertThatThrownBy(() -> rawAnswer(stranger)).isInstanceOf(IOException.class);
        assertThat(rawAnswer(backbone.directory.mailServer())).startsWith("HTTP/1.1 404");
    }

    @Test
    void isNotServedOnThePublicPort() {
        TestBrowser browser = new TestBrowser(backbone);
        assertThat(browser.send(HttpRequest.newBuilder(backbone.uri("/mail-logins")).header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode()).isIn(401, 403);
    }

    private int askQuietly(String login, String password) {
        try {
            return ask(login, password, "imap", "203.0.113.77").statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> ask(String login, String password, String scope) throws Exception {
        return ask(login, password, scope, "203.0.113.5");
    }

    private HttpResponse<String> ask(String login, String password, String scope, String address) throws Exception {
        return send("{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\",\"address\":\"%s\"}".formatted(login, password, scope, address));
    }

    private HttpResponse<String> askFor(TestPerson owner, String login, String mailbox) throws Exception {
        return send("{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"imap\",\"address\":\"203.0.113.9\",\"mailbox\":\"%s\"}".formatted(login, backbone.appPassword(owner), mailbox));
    }

    private HttpResponse<String> ended(String query) throws Exception {
        return mailServer.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/mail-logins/ended" + query)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String body) throws Exception {
        return mailServer.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/mail-logins"))
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** By a plain socket, so that no client library smooths anything over. */
    private String rawAnswer(InternalIdentity identity) throws IOException {
        SSLContext context = identity.clientContext(BACKBONE);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", backbone.internalPort)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /account HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static HttpClient client(InternalIdentity identity) {
        return HttpClient.newBuilder().sslContext(identity.clientContext(BACKBONE)).build();
    }
}
