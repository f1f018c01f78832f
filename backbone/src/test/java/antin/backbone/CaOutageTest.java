package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.status.AuditCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** With a {@code ca} of its own, since it kills it. */
class CaOutageTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersFromWhatItKnowsWhileCaIsAwayEvenAfterAStartAndFollowsAgain() throws Exception {
        try (TestBackbone backbone = TestBackbone.withOwnDatabase()) {
            FileTime made = Files.getLastModifiedTime(backbone.home.resolve("sample/keys/an.nguyen.p12"));
            new TestBrowser(backbone).logIn(backbone.directory.people().get(4)); // something for the audit
            backbone.ca.kill();
            assertThat(get(backbone.statusPort, "/crl/issuing.crl").statusCode()).isEqualTo(200);
            backbone.stop();
            backbone.start();
            assertThatItsAuditHeadsAreStamped(backbone);
            byte[] crl = get(backbone.statusPort, "/crl/issuing.crl").body();
            assertThat(crl).isNotEmpty();
            assertThat(get(backbone.managementPort, "/ready").statusCode()).isEqualTo(200);
            assertThat(Files.getLastModifiedTime(backbone.home.resolve("sample/keys/an.nguyen.p12"))).isEqualTo(made);

            Files.delete(backbone.home.resolve("sample/keys/an.nguyen.p12"));
            backbone.stop();
            backbone.start();
            assertThat(get(backbone.managementPort, "/ready").statusCode()).as("a key is missing and cannot be had").isEqualTo(503);
            backbone.ca.start();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> get(backbone.managementPort, "/ready").statusCode() == 200);
            assertThat(backbone.home.resolve("sample/keys/an.nguyen.p12")).exists();
        }
    }

    private static void assertThatItsAuditHeadsAreStamped(TestBackbone backbone) throws Exception {
        Process check = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), AuditCheck.class.getName(), backbone.home.resolve("audit").toString(),
            backbone.directory.internalFolder().resolve("ca.pem").toString(), backbone.ca.file("root").toString()).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("ok   backbone: \\d+ lines, \\d+ signed heads, [1-9]\\d* time-stamped, the last at ");
    }

    private HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofByteArray());
    }
}
