package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.remote.RemoteCertificateAuthority;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the process. */
class CaProcessTest {

    @TempDir
    private Path home;
    private CaProcess ca;

    @BeforeEach
    void prepare() throws Exception {
        ca = CaProcess.prepare(home);
    }

    @AfterEach
    void stop() throws Exception {
        ca.close();
    }

    @Test
    void servesTellsAndStops() throws Exception {
        ca.start();
        try (RemoteCertificateAuthority remote = ca.remote()) {
            BigInteger serial = remote.issue(TestRequests.any()).certificate().getSerialNumber();
            remote.revoke(serial, RevocationReason.SUPERSEDED, "admin");
        }
        assertThat(get("/ready")).contains("\"status\":\"ready\"", "\"database\":\"up\"");
        assertThat(get("/metrics")).contains("antin_ca_issued_total 1.0", "antin_ca_revoked_total 1.0", "antin_ca_crl_age_seconds{issuer=\"root\"}",
            "antin_ca_own_certificates_left_seconds 3.4", "antin_ca_renewal_failures_total 0.0");
        Process bootstrap = ca.run("--bootstrap");
        assertThat(bootstrap.waitFor()).isEqualTo(2);
        assertThat(ca.output()).startsWith("antin: ca cannot start: ").contains("While ca runs").doesNotContain("Exception").hasLineCount(1);
        Process daemon = ca.started().getFirst();
        daemon.destroy(); // SIGTERM
        assertThat(daemon.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon.exitValue()).isEqualTo(143);
        assertThat(Files.readString(home.resolve("ca.log.json"))).contains("Ready").doesNotContain("\"ERROR\"");
    }

    @Test
    void saysInOneSentenceWhatIsWrong() throws Exception {
        Files.writeString(home.resolve("conf/ca.properties"), "database.url=jdbc:postgresql://localhost:1/ca\n", StandardOpenOption.APPEND);
        assertThat(ca.run().waitFor()).isEqualTo(2);
        assertThat(ca.output()).isEqualTo("antin: ca cannot start: The database at jdbc:postgresql://localhost:1/ca cannot be used: it does not answer or"
            + " refuses the user postgres.\n");
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://localhost:" + ca.managementPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
}
