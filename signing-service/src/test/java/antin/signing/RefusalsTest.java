package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import antin.signing.TestClient.Part;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RefusalsTest {

    private static final String OPTIONS = "{\"key\":\"sample-seal\",\"format\":\"PAdES\"}";
    private static final byte[] PDF = TestDocuments.pdf(3_000);

    private final TestService service = TestService.shared();
    private final TestClient client = new TestClient(service);

    @AfterEach
    void goesOnServing() {
        assertThat(client.validate(PDF).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> tokens() {
        TestService service = TestService.shared();
        String ours = service.url();
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.US_ASCII));
        String good = service.issuer.token(ours, "documents", TestClient.ALL, claims -> claims, "at+jwt");
        return Stream.of(
            arguments("none at all", ""),
            arguments("not one", "abc"),
            arguments("foreign audience", service.issuer.token("urn:antin:mail", "documents", TestClient.ALL, claims -> claims, "at+jwt")),
            arguments("over", service.issuer.token(ours, "documents", TestClient.ALL, claims -> claims.expirationTime(new Date(System.currentTimeMillis() - 60_000)), "at+jwt")),
            arguments("without an end", service.issuer.token(ours, "documents", TestClient.ALL, claims -> claims.expirationTime(null), "at+jwt")),
            arguments("wrong issuer", service.issuer.token(ours, "documents", TestClient.ALL, claims -> claims.issuer("https://evil.example"), "at+jwt")),
            arguments("an ID token", service.issuer.token(ours, "documents", TestClient.ALL, claims -> claims, "JWT")),
            arguments("a stranger's", service.issuer.forged(ours, "documents", TestClient.ALL)),
            arguments("unsigned", none + "." + good.split("\\.")[1] + "."),
            arguments("changed", good.substring(0, good.length() - 8) + "AAAAAAAA"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void refusesAToken(String what, String token) {
        HttpResponse<byte[]> answer = client.post("/v1/seals", token, new String[0], Part.text("options", OPTIONS), new Part("document", "a.pdf", PDF));
        problem(answer, 401, "bad-credentials");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        problem(client.post("/v1/validations", token, new String[0], new Part("document", "a.pdf", PDF)), 401, "bad-credentials");
        problem(client.send(client.request("/v1/signatures/abc", token)), 401, "bad-credentials");
    }

    @Test
    void refusesAScopeBeforeItTellsWhetherTheKeyIsThere() {
        problem(seal(client.token("seal:sample-seal-ec validate"), OPTIONS, PDF), 403, "not-allowed");
        problem(seal(client.token("seal:other"), "{\"key\":\"unknown\",\"format\":\"PAdES\"}", PDF), 403, "not-allowed");
        problem(seal(client.token("seal:unknown"), "{\"key\":\"unknown\",\"format\":\"PAdES\"}", PDF), 404, "not-found");
        problem(client.post("/v1/validations", client.token("seal:sample-seal"), new String[0], new Part("document", "a.pdf", PDF)), 403, "not-allowed");
    }

    static Stream<Arguments> documents() {
        String dtd = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        String deep = "<a>".repeat(5_000) + "</a>".repeat(5_000);
        String nested = "%PDF-1.7\n1 0 obj" + "[".repeat(100_000) + "]".repeat(100_000) + "endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
        return Stream.of(
            arguments("empty", "PAdES", ""),
            arguments("not a PDF", "PAdES", "hello"),
            arguments("a PDF's beginning", "PAdES", "%PDF-1.7\n"),
            arguments("a nested PDF", "PAdES", nested),
            arguments("no XML", "XAdES", "hello"),
            arguments("broken XML", "XAdES", "<a><b></a>"),
            arguments("with a DTD", "XAdES", dtd),
            arguments("deep XML", "XAdES", deep));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void refusesADocument(String what, String format, String document) {
        byte[] octets = document.getBytes(StandardCharsets.UTF_8);
        problem(seal(client.token(), OPTIONS.replace("PAdES", format), octets), 422, "malformed-document");
        problem(client.validate(octets), 422, "malformed-document");
    }

    static Stream<Arguments> options() {
        return Stream.of(
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\"", 400),
            arguments("[]", 400),
            arguments("null", 400),
            arguments("{\"format\":\"PAdES\"}", 400),
            arguments("{\"key\":\"sample-seal\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"DOCX\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"CAdES\",\"packaging\":\"enveloped\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"Word\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"X\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"packaging\":\"detached\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"colour\":\"red\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"key\":\"sample-seal\",\"format\":\"PAdES\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"layout\":{}}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"algorithm\":\"MD5\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"algorithm\":\"ECDSA-SHA256\"}", 400),
            arguments("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"algorithm\":\"RSA-SHA256\"}", 400),
            arguments("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"reason\":\"a\\nb\"}", 400));
    }

    @ParameterizedTest
    @MethodSource("options")
    void refusesOptions(String options, int status) {
        problem(seal(client.token(), options, PDF), status, "malformed-request");
    }

    @Test
    void refusesARequestThatIsNotWellFormed() {
        String token = client.token();
        problem(client.post("/v1/seals", token, new String[0], Part.text("options", OPTIONS)), 400, "malformed-request");
        problem(client.post("/v1/seals", token, new String[0], new Part("document", "a.pdf", PDF)), 400, "malformed-request");
        problem(client.post("/v1/seals", token, new String[0], Part.text("options", OPTIONS), new Part("document", "a.pdf", PDF), new Part("document", "b.pdf", PDF)), 400,
            "malformed-request");
        problem(client.post("/v1/seals", token, new String[0], Part.text("options", OPTIONS), new Part("picture", "a.png", PDF)), 400, "malformed-request");
        problem(client.send(client.request("/v1/seals", token).header("Content-Type", "multipart/form-data; boundary=x").POST(BodyPublishers.ofString("garbage"))), 400,
            "malformed-request");
        problem(client.send(client.request("/v1/seals", token).header("Content-Type", "multipart/form-data").POST(BodyPublishers.ofString("garbage"))), 400,
            "malformed-request");
        problem(client.seal(OPTIONS, PDF, "a.pdf", "Idempotency-Key", "with space"), 400, "malformed-request");
    }

    @Test
    void refusesWhatHttpHasWordsFor() {
        String token = client.token();
        problem(client.send(client.request("/v1/seals", token)), 405, "method-not-allowed");
        problem(client.send(client.request("/v1/nothing", token)), 404, "not-found");
        problem(client.send(client.request("/nothing", "")), 404, "not-found");
        problem(client.send(client.request("/v1/seals", token).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"))), 415, "unsupported-media-type");
        problem(client.seal(OPTIONS, PDF, "a.pdf", "Accept", "image/png"), 406, "not-acceptable");
        problem(client.post("/v1/validations", token, new String[] {"Accept", "text/csv"}, new Part("document", "a.pdf", PDF)), 406, "not-acceptable");
    }

    @Test
    void refusesForTheMomentWhatTheDiskHasNoRoomFor() throws Exception {
        Path disk = service.home.resolve("signing");
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()) == 0, "only root may mount a small disk");
        byte[] large = TestDocuments.pdf(2_500_000);
        try {
            HttpResponse<byte[]> announced = seal(client.token(), OPTIONS, large);
            problem(announced, 503, "no-room");
            assertThat(announced.headers().firstValue("Retry-After")).isPresent();
            Path others = Files.write(disk.resolve("others"), new byte[2 << 20]);
            HttpRequest.Builder unannounced = client.request("/v1/seals", client.token()).header("Content-Type", "multipart/form-data; boundary=" + TestClient.BOUNDARY);
            problem(client.send(unannounced.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TestClient.form(Part.text("options", OPTIONS), new Part("document", "a.pdf", large)))))),
                503, "no-room");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(disk.toFile().list()).as("nothing stays, of the first seals to warm up either").containsExactly(others.getFileName().toString()));
            assertThat(seal(client.token(), OPTIONS, PDF).statusCode()).as("a small one has room").isEqualTo(201);
        } finally {
            assertThat(run("umount", "--lazy", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void refusesADocumentOverTheLimit() {
        problem(seal(client.token(), OPTIONS, new byte[TestService.LARGEST + 1]), 413, "too-large");
        problem(client.validate(new byte[TestService.LARGEST + 500_000]), 413, "too-large");
    }

    @Test
    void countsOnTheKeysItReadWhileTheIssuerIsAway() {
        service.issuer.away(true);
        try {
            assertThat(client.validate(PDF).statusCode()).isEqualTo(200);
        } finally {
            service.issuer.away(false);
        }
    }

    private HttpResponse<byte[]> seal(String token, String options, byte[] document) {
        return client.post("/v1/seals", token, new String[0], Part.text("options", options), new Part("document", "a.pdf", document));
    }

    private static void problem(HttpResponse<byte[]> answer, int status, String kind) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("none")).as(body).isEqualTo("application/problem+json");
        JsonNode problem = TestClient.json(answer);
        assertThat(problem.get("type").asString()).as(body).isEqualTo("/problems/" + kind);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(body).doesNotContain("Exception", "antin.", "java.", "org.", "eu.europa", "/tmp", "apache", "Tomcat");
    }
}
