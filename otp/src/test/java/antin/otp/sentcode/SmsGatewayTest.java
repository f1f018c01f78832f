package antin.otp.sentcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestAuthority;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway is a real HTTPS server. */
class SmsGatewayTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test Gateway CA");

    private final List<String> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpsServer server;
    private volatile int status = 200;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        AUTHORITY.write(folder.resolve("root.pem"));
        AUTHORITY.issue(folder, "gateway", "CN=gateway", "");
        SecretFile.write(folder.resolve("token"), "s3cret");
        server = listen("127.0.0.1");
    }

    private HttpsServer listen(String address) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsMaterial.presenting(PemFile.privateKey(folder.resolve("gateway.key"), "EC"), PemFile.certificates(folder.resolve("gateway.pem"))), null, null);
        HttpsServer listening = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        listening.setHttpsConfigurator(new HttpsConfigurator(tls));
        listening.setExecutor(threads);
        listening.createContext("/", this::serve);
        listening.start();
        return listening;
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void postsAJsonTextWithItsTokenAndTakesAnyYes(int yes) {
        status = yes;
        try (SmsGateway gateway = gateway("localhost", "root.pem")) {
            gateway.send("+84912345678", "Mã \"Ấn Tín\":\n12345678 \\");
        }
        assertThat(got).containsExactly("POST /messages Bearer s3cret {\"to\": \"+84912345678\", \"text\": \"Mã \\\"Ấn Tín\\\":\\n12345678 \\\\\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 500, 503, 302, 307})
    void takesAnythingElseForNoDeliveryAndFollowsNoRedirect(int no) {
        status = no;
        try (SmsGateway gateway = gateway("localhost", "root.pem")) {
            refuses(gateway, "The SMS gateway answered " + no + '.');
        }
        assertThat(got).as("asked once, and nobody else").hasSize(1).first().asString().startsWith("POST /messages ");
    }

    @Test
    void doesNotWaitForever() {
        status = 0;
        try (SmsGateway gateway = gateway("localhost", "root.pem")) {
            refuses(gateway, "The SMS gateway does not answer.");
        }
    }

    @Test
    void saysNothingToAGatewayWhoseCertificateItDoesNotTrustOrOfAnotherName() throws Exception {
        new TestAuthority("CN=Another CA").write(folder.resolve("other.pem"));
        try (SmsGateway gateway = gateway("localhost", "other.pem")) {
            refuses(gateway, "The SMS gateway does not answer.");
        }
        server.stop(0);
        server = listen("127.0.0.2"); // its certificate names localhost and 127.0.0.1
        try (SmsGateway gateway = gateway("127.0.0.2", "root.pem")) {
            refuses(gateway, "The SMS gateway does not answer.");
        }
        assertThat(got).isEmpty();
    }

    private void refuses(SmsGateway gateway, String detail) {
        assertThatThrownBy(() -> gateway.send("+84912345678", "12345678")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE);
            assertThat(problem.detail()).isEqualTo(detail);
        });
    }

    private void serve(HttpExchange exchange) throws IOException {
        got.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + exchange.getRequestHeaders().getFirst("Authorization") + ' '
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (status == 0) {
            try {
                end.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private SmsGateway gateway(String host, String trust) {
        return new SmsGateway(new SmsGateway.Settings(URI.create("https://" + host + ':' + server.getAddress().getPort() + "/messages"), Optional.of(folder.resolve("token")),
            "{\"to\": \"{to}\", \"text\": \"{text}\"}", Optional.of(folder.resolve(trust))), Duration.ofMillis(1_500));
    }
}
