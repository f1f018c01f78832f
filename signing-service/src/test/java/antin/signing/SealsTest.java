package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SealsTest {

    private static final String PADES_LTA = "{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"LTA\",\"reason\":\"Phát hành\",\"location\":\"Hà Nội\"}";
    private static final String PADES_B = "{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"}";

    private static final TestService SERVICE = TestService.shared();
    private final TestClient client = new TestClient(SERVICE);

    @Test
    void sealsAPdfAndValidatesIt() {
        HttpResponse<byte[]> answer = client.seal(PADES_LTA, TestDocuments.pdf(1_000_000), "quyết định.pdf");
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8).substring(0, 200)).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).contains("signed.pdf");
        JsonNode report = TestClient.json(client.validate(answer.body()));
        assertThat(report.get("conclusion").asString()).isEqualTo("valid");
        assertThat(report.get("document").get("name").asString()).isEqualTo("tài liệu.pdf");
        JsonNode signature = report.get("signatures").get(0);
        assertThat(signature.get("format").asString()).isEqualTo("PAdES-BASELINE-LTA");
        assertThat(signature.get("signer").get("unit").asString()).isEqualTo("ubnd-tp");
        assertThat(signature.get("covers").asString()).isEqualTo("whole");

        byte[] changed = answer.body();
        changed[500] ^= 1;
        JsonNode broken = TestClient.json(client.validate(changed));
        assertThat(broken.get("conclusion").asString()).isEqualTo("invalid");
        assertThat(broken.get("signatures").get(0).get("reasons").get(0).get("vi").asString()).contains("thay đổi");
    }

    @Test
    void remembersTheSealForItsClientAlone() {
        HttpResponse<byte[]> answer = client.seal(PADES_B, TestDocuments.pdf(5_000), "a.pdf");
        String location = answer.headers().firstValue("Location").orElseThrow();
        JsonNode seal = TestClient.json(client.send(client.request(location, client.token())));
        assertThat(seal.get("state").asString()).isEqualTo("done");
        assertThat(seal.get("algorithm").asString()).isEqualTo("ECDSA-SHA256");
        assertThat(seal.get("result").get("size").asInt()).isEqualTo(answer.body().length);
        String other = SERVICE.issuer.token(SERVICE.url(), "another-client", TestClient.ALL, claims -> claims, "at+jwt");
        assertThat(client.send(client.request(location, other)).statusCode()).isEqualTo(404);
        String lines = SERVICE.auditLog().lines().filter(line -> line.contains(seal.get("id").asString())).reduce("", String::concat);
        assertThat(lines).containsSubsequence("\"begun\"", "\"done\"").contains(seal.get("document").get("sha256").asString());
    }

    @Test
    void answersARepeatWithTheSameDocumentAndAnotherRequestWithAConflict() {
        byte[] pdf = TestDocuments.pdf(1_500_000);
        HttpResponse<byte[]> first = client.seal(PADES_B, pdf, "a.pdf", "Idempotency-Key", "k-1");
        HttpResponse<byte[]> second = client.seal(PADES_B, pdf, "a.pdf", "Idempotency-Key", "k-1");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(Arrays.equals(first.body(), second.body())).isTrue();
        assertThat(second.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
        HttpResponse<byte[]> other = client.seal(PADES_B, TestDocuments.pdf(100), "a.pdf", "Idempotency-Key", "k-1");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(client.seal(PADES_B, pdf, "a.pdf", "Idempotency-Key", "k-2").headers().firstValue("Location"))
            .isNotEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void sealsForAnAgencyOnlyWhereSomebodyHasSigned() {
        String agency = "{\"key\":\"sample-agency\",\"format\":\"PAdES\"}";
        assertThat(client.seal(agency, TestDocuments.pdf(5_000), "a.pdf").statusCode()).isEqualTo(422);
        byte[] signed = client.seal(PADES_B, TestDocuments.pdf(5_000), "a.pdf").body();
        HttpResponse<byte[]> sealed = client.seal(agency, signed, "a.pdf");
        assertThat(sealed.statusCode()).isEqualTo(201);
        JsonNode report = TestClient.json(client.validate(sealed.body()));
        assertThat(report.get("conclusion").asString()).isEqualTo("valid");
        assertThat(report.get("signatures").size()).isEqualTo(2);
    }

    @Test
    void makesXmlInEveryPackaging() {
        byte[] xml = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
        for (String packaging : new String[] {"enveloped", "enveloping", "detached"}) {
            HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal\",\"format\":\"XAdES\",\"level\":\"LT\",\"packaging\":\"" + packaging + "\"}", xml, "qđ.xml");
            assertThat(answer.statusCode()).as(packaging).isEqualTo(201);
            TestClient.Part[] originals = packaging.equals("detached") ? new TestClient.Part[] {new TestClient.Part("original", "qđ.xml", xml)} : new TestClient.Part[0];
            assertThat(TestClient.json(client.validate(answer.body(), originals)).get("conclusion").asString()).as(packaging).isEqualTo("valid");
        }
    }

    @Test
    void refusesARevokedCertificateAtOnce() throws InterruptedException {
        String options = "{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\"}";
        byte[] xml = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> before = client.seal(options, xml, "a.xml");
        assertThat(before.statusCode()).isEqualTo(201);
        String location = before.headers().firstValue("Location").orElseThrow();
        BigInteger serial = new BigInteger(TestClient.json(client.send(client.request(location, client.token()))).get("certificate").asString(), 16);
        SERVICE.pki.revoked.put(serial, Instant.now());
        try {
            await().atMost(Duration.ofMillis(1_500)).untilAsserted(() -> {
                HttpResponse<byte[]> refused = client.seal(options, xml, "a.xml");
                assertThat(refused.statusCode()).isEqualTo(422);
                assertThat(TestClient.json(refused).get("type").asString()).isEqualTo("/problems/certificate-unusable");
            });
        } finally {
            SERVICE.pki.revoked.remove(serial);
            Thread.sleep(1_100); // an answer counts for a second
        }
    }

    @Test
    void saysThatItIsTemporaryWhileAPeerIsAway() throws InterruptedException {
        byte[] pdf = TestDocuments.pdf(5_000);
        for (String peer : new String[] {"/ocsp", "/tsa"}) {
            Thread.sleep(1_100); // the status of the signer counts for a second
            SERVICE.pki.away.put(peer, true);
            try {
                HttpResponse<byte[]> answer = client.seal(PADES_LTA, pdf, "a.pdf", "Idempotency-Key", "away" + peer.hashCode());
                assertThat(answer.statusCode()).as(peer).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            } finally {
                SERVICE.pki.away.remove(peer);
            }
            assertThat(client.seal(PADES_LTA, pdf, "a.pdf", "Idempotency-Key", "away" + peer.hashCode()).statusCode()).as("again").isEqualTo(201);
        }
    }

    @Test
    void leavesNoDocumentBehind() throws Exception {
        client.seal(PADES_B, TestDocuments.pdf(5_000), "a.pdf");
        client.seal(PADES_B, new byte[] {1, 2, 3}, "a.pdf");
        try (Stream<Path> files = Files.list(SERVICE.home.resolve("signing"))) {
            assertThat(files).isEmpty();
        }
    }
}
