package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers about certificates starts with its files alone: the database and {@code ca} are away, and come back. */
class StatusAloneTest {

    private static final String NEVER_ISSUED = "0x4142434445464748494a4b4c4d4e4f5051525354";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void startsWithoutTheDatabaseAndCaAndAnswersWhatItKnew() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        try (TestBackbone backbone = TestBackbone.withOwnDatabase(); Relay database = new Relay(backbone.postgres.getPort())) {
            for (String name : List.of("root", "persons", "agencies", "issuing")) {
                Files.writeString(folder.resolve(name + ".pem"), Files.readString(backbone.ca.file(name)));
            }
            samplePerson(backbone, "an.nguyen");
            X509Certificate revoked = samplePerson(backbone, "binh.tran");
            X509Certificate held = samplePerson(backbone, "cuong.le");
            assertThat(post(backbone, "/revocations", "{\"serial\":\"%s\",\"reason\":\"superseded\",\"actor\":\"operator\"}", revoked)).isEqualTo(200);
            assertThat(post(backbone, "/holds", "{\"serial\":\"%s\",\"held\":true,\"actor\":\"operator\"}", held)).isEqualTo(200);
            assertThat(crl(backbone)).contains("Superseded", "Certificate Hold");
            backbone.stop();
            Path file = backbone.home.resolve("conf/backbone.properties");
            Files.writeString(file, Files.readString(file).replace(":" + backbone.postgres.getPort() + "/", ":" + database.port + "/"));
            database.shut();
            backbone.ca.kill();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backbone.home.resolve("status-copy/statuses")))).isEqualTo("rw-------");

            backbone.start();
            assertThat(ocsp(backbone, "an.nguyen")).contains("Response verify OK", "an.nguyen.pem: good", NEVER_ISSUED + ": unknown");
            assertThat(ocsp(backbone, "binh.tran")).contains("binh.tran.pem: revoked", "Reason: superseded");
            assertThat(ocsp(backbone, "cuong.le")).contains("cuong.le.pem: revoked", "Reason: certificateHold");
            assertThat(ocsp(backbone, "an.nguyen", "-status_age", "1", "-validity_period", "0")).as("it shows how old it is").contains("status too old");
            assertThat(crl(backbone)).contains("Superseded", "Certificate Hold");
            for (String address : List.of("/crl/persons-delta.crl", "/crl/root.crl", "/ca/persons.cer")) {
                assertThat(get(backbone.statusPort, address).statusCode()).as(address).isEqualTo(200);
            }
            assertThat(stamped(backbone)).contains("Verification: OK");
            assertThat(text(backbone.managementPort, "/health")).contains("up");
            assertThat(get(backbone.managementPort, "/ready").statusCode()).isEqualTo(503);
            assertThat(text(backbone.managementPort, "/ready")).contains("\"database\":\"away\"", "\"pages\":\"away\"", "\"statuses\":\"up\"");
            assertThat(text(backbone.managementPort, "/metrics")).containsPattern("antin_status_feed_age_seconds [1-9]").containsPattern("antin_status_crl_age_seconds\\{issuer=\"persons\"} \\d")
                .containsPattern("antin_status_ocsp_answers_total\\{state=\"revoked\"} [1-9]").containsPattern("antin_status_ocsp_answers_total\\{state=\"held\"} [1-9]").containsPattern("antin_status_ocsp_answers_total\\{state=\"unknown\"} [1-9]");
            HttpResponse<String> page = new TestBrowser(backbone).get("/login");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.body()).contains("Tạm thời gián đoạn", "Out of service for a moment");

            database.open();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> get(backbone.managementPort, "/ready").statusCode() == 200);
            new TestBrowser(backbone).logIn(backbone.directory.people().get(4));
            backbone.ca.start();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> text(backbone.managementPort, "/metrics").contains("antin_status_feed_age_seconds 0.0"));
            backbone.stop();
        }
    }

    private X509Certificate samplePerson(TestBackbone backbone, String local) throws Exception {
        Path keys = backbone.home.resolve("sample/keys");
        openssl("pkcs12", "-in", keys.resolve(local + ".p12").toString(), "-passin", "file:" + keys.resolve(local + ".password"), "-clcerts", "-nokeys", "-out", local + ".pem");
        return PemFile.certificates(folder.resolve(local + ".pem")).getFirst();
    }

    private String ocsp(TestBackbone backbone, String local, String... more) throws Exception {
        return openssl(Stream.concat(Stream.of("ocsp", "-issuer", "persons.pem", "-cert", local + ".pem", "-serial", NEVER_ISSUED, "-url", "http://localhost:" + backbone.statusPort + "/ocsp",
            "-CAfile", "root.pem", "-verify_other", "persons.pem"), Stream.of(more)).toArray(String[]::new));
    }

    private String crl(TestBackbone backbone) throws Exception {
        Files.write(folder.resolve("persons.crl"), get(backbone.statusPort, "/crl/persons.crl").body());
        return openssl("crl", "-inform", "DER", "-in", "persons.crl", "-CAfile", "persons.pem", "-noout", "-text");
    }

    private String stamped(TestBackbone backbone) throws Exception {
        Files.writeString(folder.resolve("document"), "a document");
        openssl("ts", "-query", "-data", "document", "-sha256", "-cert", "-out", "request.tsq");
        Files.write(folder.resolve("answer.tsr"), client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + backbone.statusPort + "/tsa"))
            .header("Content-Type", "application/timestamp-query").POST(BodyPublishers.ofFile(folder.resolve("request.tsq"))).build(), BodyHandlers.ofByteArray()).body());
        return openssl("ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr", "-CAfile", "root.pem");
    }

    private int post(TestBackbone backbone, String path, String body, X509Certificate certificate) throws Exception {
        InternalIdentity identity = backbone.directory.issue("launcher", "CN=launcher", "antin:launcher");
        try (HttpClient launcher = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build()) {
            return launcher.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + path))
                .POST(BodyPublishers.ofString(body.formatted(certificate.getSerialNumber().toString(16)))).build(), BodyHandlers.ofString()).statusCode();
        }
    }

    private String text(int port, String path) throws IOException, InterruptedException {
        return new String(get(port, path).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofByteArray());
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
