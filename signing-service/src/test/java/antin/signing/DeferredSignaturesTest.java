package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Two requests, and a key between them that the service never sees. */
class DeferredSignaturesTest {

    private static final TestService SERVICE = TestService.shared();
    private static final byte[] PDF = TestDocuments.pdf(1_200_000);
    private final TestClient client = new TestClient(SERVICE);

    @ParameterizedTest
    @CsvSource({"PAdES,LTA", "XAdES,LT", "CAdES,T", "JAdES,B", "ASiC-E,LT"})
    void signsInTwoRequests(String format, String level) {
        for (TestKey key : new TestKey[] {TestKey.rsa(SERVICE.pki), TestKey.ec(SERVICE.pki)}) {
            byte[] document = format.equals("XAdES") ? TestDocuments.xml().getBytes(StandardCharsets.UTF_8) : PDF;
            HttpResponse<byte[]> prepared = prepare(key, format, level, document);
            assertThat(prepared.statusCode()).as(new String(prepared.body(), StandardCharsets.UTF_8)).isEqualTo(201);
            JsonNode waiting = TestClient.json(prepared);
            assertThat(Instant.parse(waiting.get("expires").asString())).isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(601));
            HttpResponse<byte[]> signed = value(waiting, sign(key, waiting));
            assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
            TestClient.Part[] originals = format.equals("CAdES") ? new TestClient.Part[] {new TestClient.Part("original", "qđ.pdf", document)} : new TestClient.Part[0];
            assertThat(TestClient.json(client.validate(signed.body(), originals)).get("conclusion").asString()).isEqualTo("valid");
            JsonNode remembered = TestClient.json(client.send(client.request("/v1/signatures/" + waiting.get("id").asString(), client.token())));
            assertThat(remembered.get("state").asString()).isEqualTo("done");
            assertThat(SERVICE.auditLog().lines().filter(line -> line.contains(waiting.get("id").asString())).collect(Collectors.joining()))
                .containsSubsequence("signature.prepare", "begun", "done");
        }
        nothingIsLeft();
    }

    @Test
    void takesAValueOnce() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "B", PDF));
        byte[] value = sign(key, waiting);
        HttpResponse<byte[]> signed = value(waiting, value);
        assertThat(signed.statusCode()).isEqualTo(200);
        refused(value(waiting, value), 409, "conflict");
        HttpResponse<byte[]> repeated = value(waiting, value, "Idempotency-Key", "lost");
        assertThat(repeated.statusCode()).as("the answer was lost").isEqualTo(200);
        assertThat(repeated.body()).isEqualTo(signed.body());
        assertThat(repeated.headers().firstValue("Content-Type")).isEqualTo(signed.headers().firstValue("Content-Type"));
        refused(value(waiting, sign(key, waiting), "Idempotency-Key", "lost"), 409, "conflict");
        JdbcClient database = JdbcClient.create(SERVICE.postgres.getPostgresDatabase());
        database.sql("UPDATE deferred_signature SET ended = ended - interval '601 seconds' WHERE id = ?").param(waiting.get("id").asString()).update();
        refused(value(waiting, value, "Idempotency-Key", "lost"), 409, "conflict");
        nothingIsLeft();
    }

    @Test
    void givesARepeatTheSamePreparedSignature() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode first = TestClient.json(prepare(client, key, "PAdES", "B", PDF, "Idempotency-Key", "prepared-1"));
        HttpResponse<byte[]> again = prepare(client, key, "PAdES", "B", PDF, "Idempotency-Key", "prepared-1");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(TestClient.json(again)).isEqualTo(first);
        refused(prepare(client, key, "PAdES", "B", TestDocuments.pdf(100), "Idempotency-Key", "prepared-1"), 409, "conflict");
        assertThat(value(first, sign(key, first)).statusCode()).isEqualTo(200);
        assertThat(TestClient.json(prepare(client, key, "PAdES", "B", PDF, "Idempotency-Key", "prepared-1")).get("id")).isEqualTo(first.get("id"));
        nothingIsLeft();
    }

    @Test
    void preparesOnlySoManyForOneClient() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JdbcClient database = JdbcClient.create(SERVICE.postgres.getPostgresDatabase());
        prepare(key, "PAdES", "B", TestDocuments.pdf(100));
        String more = "INSERT INTO deferred_signature (id, client, state, format, level, packaging, algorithm, signing_time, document_name, document_sha256, document_size, chain, digest, begun, expires)"
            + " SELECT 'full-' || n, client, 'prepared', format, level, packaging, algorithm, signing_time, document_name, document_sha256, document_size, chain, digest, begun, expires"
            + " FROM (SELECT * FROM deferred_signature WHERE state = 'prepared' ORDER BY begun DESC LIMIT 1) one, generate_series(1, 40) n";
        assertThat(database.sql(more).update()).isEqualTo(40);
        try {
            refused(prepare(key, "PAdES", "B", TestDocuments.pdf(100)), 429, "limit-reached");
        } finally {
            database.sql("DELETE FROM deferred_signature WHERE id LIKE 'full-%'").update();
        }
        assertThat(prepare(key, "PAdES", "B", TestDocuments.pdf(100)).statusCode()).isEqualTo(201);
    }

    @Test
    void takesAValueOnceOfManyAtOnce() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "B", PDF));
        byte[] value = sign(key, waiting);
        assertThat(Stream.generate(() -> value).limit(4).parallel().map(one -> value(waiting, one).statusCode()).filter(status -> status == 200)).hasSize(1);
        assertThat(SERVICE.auditLog().lines().filter(line -> line.contains(waiting.get("id").asString()) && line.contains("signature.complete") && line.contains("\"done\""))).hasSize(1);
    }

    @Test
    void refusesAValueOverSomethingElseOrByAnotherKey() {
        TestKey key = TestKey.rsa(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "B", PDF));
        byte[] other = key.sign(SignatureAlgorithm.RSA_PSS_SHA256, "something else".getBytes(StandardCharsets.UTF_8));
        refused(value(waiting, other), 422, "signature-mismatch");
        refused(value(waiting, sign(key, waiting)), 410, "expired");
        JsonNode second = TestClient.json(prepare(key, "PAdES", "B", PDF));
        refused(value(second, sign(TestKey.rsa(SERVICE.pki), second)), 422, "signature-mismatch");
        nothingIsLeft();
    }

    @Test
    void refusesWhatIsTooLate() throws SQLException {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "B", PDF));
        try (Connection database = SERVICE.postgres.getPostgresDatabase().getConnection();
                PreparedStatement past = database.prepareStatement("UPDATE deferred_signature SET expires = now() - interval '1 second' WHERE id = ?")) {
            past.setString(1, waiting.get("id").asString());
            past.executeUpdate();
        }
        refused(value(waiting, sign(key, waiting)), 410, "expired");
    }

    @Test
    void refusesACertificateThatWasRevokedInBetween() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "XAdES", "B", TestDocuments.xml().getBytes(StandardCharsets.UTF_8)));
        byte[] value = sign(key, waiting);
        SERVICE.pki.revoked.put(key.certificate().getSerialNumber(), Instant.now());
        Awaitility.await().pollDelay(Duration.ofMillis(1_100)).until(() -> true); // an answer counts for a second
        refused(value(waiting, value), 422, "certificate-unusable");
        nothingIsLeft();
    }

    @Test
    void refusesACertificateThatMayNotSign() {
        TestPki stranger = new TestPki();
        refused(prepare(TestKey.ec(stranger), "PAdES", "B", PDF), 422, "certificate-unusable");
        stranger.close();
        TestKey revoked = TestKey.ec(SERVICE.pki);
        SERVICE.pki.revoked.put(revoked.certificate().getSerialNumber(), Instant.now());
        refused(prepare(revoked, "PAdES", "B", PDF), 422, "certificate-unusable");
        refused(client.post("/v1/signatures", client.token(), new String[0], TestClient.Part.text("options", "{\"format\":\"PAdES\",\"certificateChain\":[\"AAAA\"]}"),
            new TestClient.Part("document", "a.pdf", PDF)), 400, "malformed-request");
    }

    @Test
    void takesFromAPersonOnlyThatPersonsCertificate() {
        TestKey key = TestKey.of(SERVICE.pki, "UID=1007,CN=Nguyễn Văn An,OU=ubnd-tp,C=VN");
        String options = "{\"format\":\"PAdES\",\"certificateChain\":[\"" + key.chain().stream().map(DeferredSignaturesTest::base64).collect(Collectors.joining("\",\"")) + "\"]}";
        for (String person : new String[] {"1007", "1008"}) {
            String token = SERVICE.issuer.token(SERVICE.url(), "documents", "sign", claims -> claims.subject(person), "at+jwt");
            HttpResponse<byte[]> answer = client.post("/v1/signatures", token, new String[0], TestClient.Part.text("options", options),
                new TestClient.Part("document", "a.pdf", PDF));
            assertThat(answer.statusCode()).isEqualTo(person.equals("1007") ? 201 : 403);
        }
    }

    @Test
    void mayBeTriedAgainWhileAPeerIsAway() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "T", PDF));
        byte[] value = sign(key, waiting);
        SERVICE.pki.away.put("/tsa", true);
        try {
            refused(value(waiting, value), 503, "peer-unavailable");
        } finally {
            SERVICE.pki.away.remove("/tsa");
        }
        assertThat(value(waiting, value).statusCode()).isEqualTo(200);
    }

    @Test
    void isItsClientsAloneAndCanBeGivenUp() {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = TestClient.json(prepare(key, "PAdES", "B", PDF));
        String path = "/v1/signatures/" + waiting.get("id").asString();
        String other = SERVICE.issuer.token(SERVICE.url(), "another-client", TestClient.ALL, claims -> claims, "at+jwt");
        assertThat(client.send(client.request(path, other)).statusCode()).isEqualTo(404);
        assertThat(client.send(client.request(path, other).DELETE()).statusCode()).isEqualTo(404);
        assertThat(client.send(client.request(path, client.token()).DELETE()).statusCode()).isEqualTo(204);
        refused(value(waiting, sign(key, waiting)), 410, "expired");
        assertThat(client.send(client.request(path, client.token("validate")).DELETE()).statusCode()).isEqualTo(403);
        nothingIsLeft();
    }

    private HttpResponse<byte[]> prepare(TestKey key, String format, String level, byte[] document) {
        return prepare(client, key, format, level, document);
    }

    static HttpResponse<byte[]> prepare(TestClient client, TestKey key, String format, String level, byte[] document, String... headers) {
        String chain = key.chain().stream().map(DeferredSignaturesTest::base64).collect(Collectors.joining("\",\""));
        return client.post("/v1/signatures", client.token(), headers,
            TestClient.Part.text("options", "{\"format\":\"" + format + "\",\"level\":\"" + level + "\",\"certificateChain\":[\"" + chain + "\"]}"),
            new TestClient.Part("document", format.equals("XAdES") ? "qđ.xml" : "qđ.pdf", document));
    }

    private static byte[] sign(TestKey key, JsonNode waiting) {
        return key.sign(SignatureAlgorithm.named(waiting.get("signatureAlgorithm").asString()).orElseThrow(), Base64.getDecoder().decode(waiting.get("toBeSigned").asString()));
    }

    private HttpResponse<byte[]> value(JsonNode waiting, byte[] value, String... headers) {
        return client.send(client.request("/v1/signatures/" + waiting.get("id").asString() + "/value", client.token()).headers(
            Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers)).toArray(String[]::new))
            .PUT(BodyPublishers.ofString("{\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}")));
    }

    private static void refused(HttpResponse<byte[]> answer, int status, String problem) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
        assertThat(TestClient.json(answer).get("type").asString()).isEqualTo("/problems/" + problem);
    }

    @Test
    void stampsADigest() throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(PDF);
        String question = "{\"digest\":\"" + Base64.getEncoder().encodeToString(digest) + "\",\"digestAlgorithm\":\"SHA-256\"}";
        HttpResponse<byte[]> answer = client.send(client.request("/v1/timestamps", client.token("timestamp")).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(question)));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/timestamp-reply");
        assertThat(new org.bouncycastle.tsp.TimeStampResponse(answer.body()).getTimeStampToken().getTimeStampInfo().getMessageImprintDigest()).isEqualTo(digest);
        refused(client.send(client.request("/v1/timestamps", client.token("timestamp")).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(question.replace("256", "512")))), 400, "malformed-request");
        assertThat(client.send(client.request("/v1/timestamps", client.token("sign")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(question)))
            .statusCode()).isEqualTo(403);
    }

    @Test
    void extendsWhatWasSignedBefore() {
        byte[] signed = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"}", TestDocuments.pdf(5_000), "a.pdf").body();
        HttpResponse<byte[]> extended = client.post("/v1/extensions", client.token(), new String[0], TestClient.Part.text("options", "{\"level\":\"LTA\"}"),
            new TestClient.Part("document", "a.pdf", signed));
        assertThat(extended.statusCode()).as(new String(extended.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(TestClient.json(client.validate(extended.body())).get("signatures").get(0).get("format").asString()).isEqualTo("PAdES-BASELINE-LTA");
        refused(client.post("/v1/extensions", client.token(), new String[0], TestClient.Part.text("options", "{\"level\":\"B\"}"),
            new TestClient.Part("document", "a.pdf", signed)), 400, "malformed-request");
        nothingIsLeft();
    }

    /** Neither in the work folder, soon after the answer, nor of what is over in the database. */
    private static void nothingIsLeft() {
        Awaitility.await().untilAsserted(() -> {
            try (Connection database = SERVICE.postgres.getPostgresDatabase().getConnection(); Stream<Path> files = Files.list(SERVICE.home.resolve("signing"));
                    ResultSet rows = database.createStatement().executeQuery("SELECT count(*) FROM deferred_document JOIN deferred_signature ON id = signature WHERE state <> 'prepared'")) {
                assertThat(files).isEmpty();
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        });
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
