package antin.signing;

import static org.awaitility.Awaitility.await;

import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.internal.InternalListener;
import antin.kernel.internal.InternalListener.Endpoint;
import antin.kernel.process.Parts;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.sun.net.httpserver.HttpExchange;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole process on free ports: a real PostgreSQL, a small PKI, an issuer, and a backbone that certifies sample keys. One for all tests of a JVM. */
public final class TestService implements AutoCloseable {

    /** How large a document may be here, in octets. */
    public static final int LARGEST = 20_000_000;

    private static @Nullable TestService shared;

    public final TestPki pki = new TestPki();
    public final EmbeddedPostgres postgres;
    public final TestIssuer issuer;
    public final Path home;
    public final TestReceiver receiver = new TestReceiver();
    public final int port = freePort();
    public final int managementPort = freePort();
    public final int internalPort = freePort();
    /** By SHA-256 of the certificate, the person for whom backbone has registered it. */
    public final Map<String, String> outsideOwners = new ConcurrentHashMap<>();
    private final TestApprovals approvals = new TestApprovals();
    private final InternalListener backbone;
    private final int backbonePort = freePort();
    private @Nullable Parts service;

    private TestService() throws IOException, GeneralSecurityException {
        LogManager.getLogManager().reset(); // Tomcat's own, which SigningMain sends to logback
        home = Files.createTempDirectory("antin-signing-service-");
        postgres = EmbeddedPostgres.builder().start();
        SecretFile.write(home.resolve("secrets/database.password"), "postgres");
        SecretFile.createRandom(home.resolve("secrets/signing-keys.password"), 32, new SecureRandom());
        SecretFile.write(home.resolve("secrets/hook.secret"), TestReceiver.SECRET);
        TestPki.Holder listener = leaf("CN=listener", TestPki.Kind.LISTENER);
        write(home.resolve("tls"), "signing-service", listener);
        Files.writeString(home.resolve("tls/root.pem"), PemFile.encode(List.of(pki.root.certificate())));
        write(home.resolve("tls/internal"), "signing-service", leaf("CN=signing-service", TestPki.Kind.PEER));
        write(home.resolve("tls/internal"), "mail-server", leaf("CN=mail-server", TestPki.Kind.PEER));
        write(home.resolve("tls/internal"), "backbone", leaf("CN=backbone", TestPki.Kind.PEER));
        Files.writeString(home.resolve("tls/internal/ca.pem"), PemFile.encode(List.of(pki.root.certificate())));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsMaterial.presenting(listener.key(), List.of(listener.certificate(), pki.issuing.certificate())), null, null);
        issuer = new TestIssuer(tls);
        backbone = InternalListener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), backbonePort),
            InternalIdentity.read(home.resolve("tls/internal"), "backbone"), List.of(new Certifier("/sample/certificates"), new Certifier("/people/certificates"), approvals, TestEndpoint.leaders(),
                new TestEndpoint("/outside-certificates/owner", asked -> "{\"owner\":\"" + outsideOwners.getOrDefault(asked.get("sha256").asString(), "") + "\"}")));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/signing-service.properties"), configuration());
        start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Stream.of("sample-seal", "sample-seal-ec", "sample-agency").allMatch(key -> Files.exists(home.resolve("keys/" + key + ".p12"))));
    }

    public static synchronized TestService shared() {
        TestService running = shared;
        if (running == null) {
            try {
                running = new TestService();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            shared = running;
        }
        return running;
    }

    /** Two administrators allow it; returns the approval's id. */
    String approve(String act, String beneficiary, String about) {
        return approvals.give(act, beneficiary, about);
    }

    public String url() {
        return "https://localhost:" + port;
    }

    void start() throws IOException {
        service = SigningService.start(SigningSettings.read(Settings.read(home.resolve("conf/signing-service.properties"))), Clock.systemUTC());
    }

    /** As one that forgot whom it has seen. */
    public void restart() throws IOException {
        stop();
        start();
    }

    void stop() {
        Parts running = service;
        if (running != null) {
            running.close();
        }
    }

    public String auditLog() {
        try {
            return Files.readString(home.resolve("audit/signing-service.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SSLContext trust() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TlsMaterial.trusting(List.of(pki.root.certificate()))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        backbone.close();
        issuer.close();
        receiver.close();
        pki.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
            public-url=%s
            port=%d
            management-port=%d
            internal-port=%d
            tls.key-file=tls/signing-service.key
            tls.chain-file=tls/signing-service.pem
            internal.folder=tls/internal
            internal-url=https://localhost:%d
            issuer=%s
            trust-file=tls/root.pem
            status-url=%s
            database.url=jdbc:postgresql://127.0.0.1:%d/postgres
            database.user=postgres
            database.password-file=secrets/database.password
            keys=sample-seal,sample-seal-ec,sample-agency
            mail.keys=mail-sign,mail-sign-ec,mail-open,mail-open-ec
            mail.key.mail-sign.addresses=van-thu@city.example
            mail.key.mail-sign-ec.addresses=Van-Thu@city.example, other@city.example
            mail.key.mail-open.addresses=van-thu@city.example
            mail.key.mail-open-ec.addresses=van-thu@city.example
            key-ring=pkcs12
            largest-document=20000000
            sample=true
            hooks=documents,slow
            hook.documents.url=%s
            hook.documents.secret-file=secrets/hook.secret
            hook.documents.clients=documents
            hook.slow.url=%s
            hook.slow.secret-file=secrets/hook.secret
            hook.slow.clients=documents
            hook-patience=PT2S
            hook-longest-wait=PT2S
            prepared-at-once=40
            report-key=sample-seal
            """.formatted(url(), port, managementPort, internalPort, backbonePort, issuer.url(), pki.url(), postgres.getPort(), receiver.url("/documents"), receiver.url("/slow"));
    }

    private TestPki.Holder leaf(String subject, TestPki.Kind kind) {
        KeyPair pair = TestPki.ec("secp256r1");
        return new TestPki.Holder(pair.getPrivate(), pki.certificate(subject, pair.getPublic(), kind, Date.from(Instant.now().minus(Duration.ofDays(1))), 30));
    }

    private void write(Path folder, String name, TestPki.Holder holder) throws IOException, GeneralSecurityException {
        SecretFile.write(folder.resolve(name + ".key"), PemFile.encode(holder.key()));
        Files.writeString(folder.resolve(name + ".pem"), PemFile.encode(List.of(holder.certificate(), pki.issuing.certificate())));
    }

    /** As backbone answers for a sample key, and for a person's. */
    private final class Certifier implements Endpoint {

        private static final JsonMapper JSON = JsonMapper.builder().build();
        private final String path;

        Certifier(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Set<PeerName> peers() {
            return Set.of(new PeerName("antin:signing-service"));
        }

        @Override
        public void serve(HttpExchange exchange) throws IOException {
            try {
                JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
                JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(Base64.getDecoder().decode(asked.get("pkcs10").asString()));
                String key = asked.path("key").asString("");
                String subject = asked.has("person") ? "UID=" + asked.get("person").asString() + ",CN=Một người,OU=ubnd-tp,O=Thành phố,C=VN" : "CN=Đơn vị " + key + ",OU=ubnd-tp,O=Thành phố,C=VN";
                TestPki.Kind kind = key.startsWith("mail-open") ? TestPki.Kind.MAIL_ENCRYPTION : TestPki.Kind.MAIL_SIGNING;
                X509Certificate certificate = key.startsWith("mail") ? pki.certificate(subject, request.getPublicKey(), kind, Date.from(Instant.now().minus(Duration.ofDays(1))), 300)
                    : pki.signer(subject, request.getPublicKey());
                Base64.Encoder base64 = Base64.getEncoder();
                byte[] answer = ("{\"certificate\":\"" + base64.encodeToString(certificate.getEncoded()) + "\",\"authorities\":[\""
                    + base64.encodeToString(pki.issuing.certificate().getEncoded()) + "\",\"" + base64.encodeToString(pki.root.certificate().getEncoded())
                    + "\"]}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
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
