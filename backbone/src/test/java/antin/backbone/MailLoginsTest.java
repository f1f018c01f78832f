package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

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
