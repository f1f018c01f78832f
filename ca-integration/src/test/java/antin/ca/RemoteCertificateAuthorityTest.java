package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.remote.CaEndpoints;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.kernel.internal.InternalListener;
import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract over real mutual TLS, and what only a distance can break. */
class RemoteCertificateAuthorityTest implements IssuingContract, SameKeyContract, CertificateSearchContract, HeldOnListsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path home;
    private static TestAuthority test;
    private static InternalListener listener;
    private static URI url;
    private static RemoteCertificateAuthority remote;

    @BeforeAll
    static void start() throws Exception {
        test = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC());
        int port = freePort();
        listener = InternalListener.start(new InetSocketAddress("127.0.0.1", port), identity("ca-process"), CaEndpoints.of(test.authority(), test.authority()));
        url = URI.create("https://localhost:" + port);
        remote = new RemoteCertificateAuthority(url, identity("backbone"));
    }

    @AfterAll
    static void stop() throws Exception {
        remote.close();
        listener.close();
        test.close();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public CertificateAuthority authority() {
        return remote;
    }

    @Test
    void tellsWhenNobodyAnswers() throws Exception {
        try (RemoteCertificateAuthority away = new RemoteCertificateAuthority(URI.create("https://localhost:" + freePort()), identity("backbone"))) {
            CertificateRequest request = TestRequests.any();
            CertificateAuthorityContract.assertUnavailable(() -> away.issue(request));
            CertificateAuthorityContract.assertUnavailable(() -> away.revoke(BigInteger.TEN, RevocationReason.SUPERSEDED, "admin"));
            CertificateAuthorityContract.assertUnavailable(() -> away.changesAfter(0, 1, Duration.ZERO));
            CertificateAuthorityContract.assertUnavailable(() -> away.crl("issuing"));
        }
    }

    @Test
    void speaksToTheBackboneAlone() throws Exception {
        for (String other : List.of("mail-server", "signing-service", "launcher")) {
            try (RemoteCertificateAuthority stranger = new RemoteCertificateAuthority(url, identity(other))) {
                CertificateAuthorityContract.assertUnavailable(() -> stranger.crl("issuing"));
            }
        }
    }

    @Test
    void speaksToNobodyButCa() throws Exception {
        int port = freePort();
        try (InternalListener impostor = InternalListener.start(new InetSocketAddress("127.0.0.1", port), identity("mail-server"),
                 CaEndpoints.of(test.authority(), test.authority()));
             RemoteCertificateAuthority fooled = new RemoteCertificateAuthority(URI.create("https://localhost:" + port), identity("backbone"))) {
            assertThat(impostor).isNotNull();
            CertificateAuthorityContract.assertUnavailable(() -> fooled.crl("issuing"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "\"x\"", "{\"id\":1}", "{\"id\":\"a\",\"id\":\"a\"}", "{\"id\":\"a\",\"key\":\"b\"}",
        "{\"id\":\"a\",\"profile\":\"agency-seal\",\"subject\":\"CN=a,C=VN\",\"emails\":[null],\"pkcs10\":\"AAAA\",\"actor\":\"x\"}",
        "{\"id\":\"a\",\"profile\":\"agency-seal\",\"subject\":\"no name\",\"emails\":[],\"pkcs10\":\"AAAA\",\"actor\":\"x\"}",
        "{\"id\":\"a\",\"profile\":\"agency-seal\",\"subject\":\"CN=a,C=VN\",\"emails\":[],\"pkcs10\":\"%%%\",\"actor\":\"x\"}",
        "{\"id\":\"a\",\"profile\":\"agency-seal\",\"subject\":\"CN=a,C=VN\",\"emails\":[],\"pkcs10\":\"MIIBAAAA\",\"actor\":\"x\"}",
        "{\"serial\":\"xyz\",\"reason\":\"superseded\",\"actor\":\"x\"}", "{\"serial\":\"12\",\"reason\":\"bored\",\"actor\":\"x\"}"})
    void refusesWhatIsNoQuestion(String body) throws Exception {
        try (PeerClient client = new PeerClient(url, identity("backbone"), new PeerName("antin:ca"))) {
            for (String path : List.of("/certificates", "/revocations")) {
                assertProblem(client.post(path, body.getBytes(StandardCharsets.UTF_8), PATIENCE), 400);
            }
        }
    }

    @Test
    void refusesWhatIsTooLargeNotServedOrElsewhere() throws Exception {
        try (PeerClient client = new PeerClient(url, identity("backbone"), new PeerName("antin:ca"))) {
            assertProblem(client.post("/certificates", new byte[70_000], PATIENCE), 413);
            assertProblem(client.get("/certificates", PATIENCE), 405);
            for (String query : List.of("/changes", "/changes?after=-1&limit=1&wait=0", "/changes?after=x&limit=1&wait=0", "/changes?after=1", "/crl", "/crl?issuer=..",
                "/crl?issuer=root&x=y")) {
                assertProblem(client.get(query, PATIENCE), 400);
            }
            assertProblem(client.get("/crl?issuer=nobody", PATIENCE), 404);
            assertThat(client.get("/certificates/x", PATIENCE).statusCode()).isEqualTo(404);
        }
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"type\":\"/problems/", "\"status\":" + status, "\"detail\":")
            .doesNotContain("Exception", "java.", "antin.", "jackson", "bouncycastle");
    }

    private static InternalIdentity identity(String name) {
        return InternalIdentity.read(home.resolve("tls/internal"), name);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
