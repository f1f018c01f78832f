package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.RevocationReason;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.kernel.tls.PemFile;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that prove themselves by mutual TLS (RFC 8705), through real handshakes on the port that asks for certificates. */
class ClientCertificateTest {

    private static final String NEW = "/admin/clients/new";
    private static final Duration LONGER_THAN_ANY_CERTIFICATE = Duration.ofDays(800);

    private static TestBackbone backbone;
    private static RemoteCertificateAuthority authority;

    private final String id = "tls-" + UUID.randomUUID().toString().substring(0, 8);
    private final String subject = "CN=" + id + ",O=Văn thư,C=VN";

    @BeforeAll
    static void connect() {
        backbone = TestBackbone.shared();
        authority = new RemoteCertificateAuthority(URI.create("https://localhost:" + backbone.ca.port), backbone.directory.backbone());
    }

    @AfterAll
    static void disconnect() {
        authority.close();
    }

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void opensWithTheRegisteredSubjectInACertificateOfOurAuthorityAndWithNothingElse() throws Exception {
        register("tls_client_auth", "subject", subject);
        TestCertificate right = TestCertificate.issued(authority, subject);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(token(right.shown())).as("known as soon as the authority told").isEqualTo(200));
        assertThat(post(backbone.port, "/oauth2/token", right.shown()).statusCode()).as("the public port asks for none").isEqualTo(401);
        assertThat(token(null)).as("none").isEqualTo(401);
        TestCertificate another = TestCertificate.issued(authority, "CN=" + id + ",O=Khác,C=VN");
        assertThat(token(another.shown())).as("another subject").isEqualTo(401);
        assertThat(token(TestCertificate.selfSigned(subject).shown())).as("of its own making").isEqualTo(401);
        assertThatThrownBy(() -> token(TestCertificate.foreign("CN=Foreign CA", subject).shown())).as("of a foreign authority").isInstanceOf(IOException.class);
        String ours = PemFile.certificates(backbone.ca.file("issuing")).getFirst().getSubjectX500Principal().getName();
        assertThatThrownBy(() -> token(TestCertificate.foreign(ours, subject).shown())).as("of one that calls itself ours").isInstanceOf(IOException.class);
        assertThat(token(right.shown())).isEqualTo(200);
        backbone.clock.forward(LONGER_THAN_ANY_CERTIFICATE);
        try {
            assertThat(token(right.shown())).as("over").isEqualTo(401);
        } finally {
            backbone.clock.forward(LONGER_THAN_ANY_CERTIFICATE.negated());
        }
        authority.revoke(right.certificate().getSerialNumber(), RevocationReason.SUPERSEDED, "test");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(token(right.shown())).as("revoked").isEqualTo(401));
    }

    @Test
    void opensWithTheVeryCertificateOfItsOwnMakingThatWasRegistered() throws Exception {
        TestCertificate own = TestCertificate.selfSigned(subject);
        register("self_signed_tls_client_auth", "keys", keys(own));
        assertThat(token(own.shown())).isEqualTo(200);
        assertThat(token(TestCertificate.selfSigned(subject).shown())).as("the same name, another key").isEqualTo(401);
        assertThat(token(null)).as("none").isEqualTo(401);
        assertThat(page(own)).as("opens no page").isEqualTo(401);
    }

    @Test
    void isOutWhenItsOwnCertificateIsOver() throws Exception {
        TestCertificate old = TestCertificate.selfSigned(subject, Instant.now().minus(Duration.ofDays(2)), Instant.now().minus(Duration.ofDays(1)));
        register("self_signed_tls_client_auth", "keys", keys(old));
        assertThat(token(old.shown())).isEqualTo(401);
    }

    @Test
    void tellsNothingMoreToWhoeverCallsThemselvesAsAPersonDoes() throws Exception {
        String login = "UID=100001,CN=Ai đó,C=VN";
        assertThat(page(TestCertificate.selfSigned(login))).isEqualTo(401);
    }

    @Test
    void aCertificateForTlsLogsNobodyInWhoeverItNames() throws Exception {
        String named = "UID=100005,CN=Hoàng Minh Đức,OU=so-noi-vu,O=Ấn Tín,C=VN";
        TestCertificate login = TestCertificate.issued(authority, "person-login", named);
        String known = "Hãy nhập mật khẩu trước";
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(shown(login).body()).as("known as soon as the authority told").contains(known));
        TestCertificate tls = TestCertificate.issued(authority, "tls-client", named);
        TestCertificate last = TestCertificate.issued(authority, "person-login", named);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(shown(last).body()).as("what came before it is known, too").contains(known));
        assertThat(shown(tls).body()).as("the same name, the same authority, another use").doesNotContain(known);
    }

    private void register(String method, String field, String value) {
        TestBrowser admin = new TestBrowser(backbone).logIn(backbone.directory.person("cuong.le"));
        HttpResponse<String> answer = admin.post(NEW + "?kind=service", NEW, "kind", "service", "client-id", id, "client-name", "Hệ thống TLS", "scopes", "sign", "method", method, field, value);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private static String keys(TestCertificate own) throws Exception {
        return new JWKSet(JWK.parse(own.certificate())).toString();
    }

    private int token(KeyManager @Nullable [] shown) throws Exception {
        return post(backbone.tokenPort, "/oauth2/token", shown).statusCode();
    }

    private HttpResponse<String> post(int port, String path, KeyManager @Nullable [] shown) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(TestBrowser.form("grant_type", "client_credentials", "client_id", id, "scope", "sign"))), shown);
    }

    private static int page(TestCertificate shown) throws Exception {
        return shown(shown).statusCode();
    }

    private static HttpResponse<String> shown(TestCertificate shown) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.tokenPort + "/login/certificate")).header("Accept", "text/html"), shown.shown());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, KeyManager @Nullable [] shown) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(backbone.trust(shown)).build()) {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        }
    }
}
