package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import antin.signing.TestClient.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is asked of a document, over HTTP: digests in its place, passwords, pictures, XML-DSig. */
class DocumentOptionsTest {

    private static final TestService SERVICE = TestService.shared();
    private static final byte[] FILE = "Quyết định không rời khỏi cơ quan\n".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "mở-cửa-ra";
    private final TestClient client = new TestClient(SERVICE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"CAdES,B,sample-seal", "CAdES,LTA,sample-seal-ec", "XAdES,LT,sample-seal", "XAdES,T,sample-seal-ec", "JAdES,B,sample-seal-ec", "JAdES,LT,sample-seal"})
    void sealsADocumentThatStaysWithItsOwner(String format, String level, String key) throws Exception {
        HttpResponse<byte[]> sealed = client.post("/v1/seals", client.token(), new String[0], options(key, format, level, digest("SHA-256")));
        assertThat(sealed.statusCode()).as(new String(sealed.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(conclusion(client.validate(sealed.body(), new Part("original", "qd.txt", FILE)))).isEqualTo("valid");
        assertThat(conclusion(client.validate(sealed.body(), new Part("original", "qd.txt", "khác".getBytes(StandardCharsets.UTF_8))))).isEqualTo("invalid");
        if (format.equals("CAdES")) {
            assertThat(openssl(sealed.body())).contains("Verification successful");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAdES", "XAdES", "JAdES"})
    void signsSuchADocumentInTwoRequests(String format) throws Exception {
        TestKey key = TestKey.ec(SERVICE.pki);
        JsonNode waiting = prepare(key, "{\"format\":\"" + format + "\",\"level\":\"LT\",\"packaging\":\"detached\",\"digest\":" + digest("SHA-256") + ",\"certificateChain\":[" + chain(key) + "]}");
        HttpResponse<byte[]> signed = value(key, waiting);
        assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(conclusion(client.validate(signed.body(), new Part("original", "qd.txt", FILE)))).isEqualTo("valid");
    }

    @ParameterizedTest
    @CsvSource({"PAdES,enveloped,SHA-256,CAdES", "ASiC-E,detached,SHA-256,CAdES", "XMLDSig,enveloped,SHA-256,CAdES", "XAdES,enveloping,SHA-256,detached", "XAdES,LTA,SHA-256,LT", "JAdES,LTA,SHA-256,CAdES", "CAdES,detached,SHA-384,SHA-256"})
    void saysWhatToDoWhereADigestIsNotEnough(String format, String packaging, String algorithm, String advice) throws Exception {
        String options = "{\"key\":\"sample-seal-ec\",\"format\":\"" + format + "\"," + (packaging.equals("LTA") ? "\"packaging\":\"detached\",\"level\":\"LTA\"" : "\"packaging\":\"" + packaging + "\"") + ",\"digest\":" + digest(algorithm) + "}";
        HttpResponse<byte[]> refused = client.post("/v1/seals", client.token(), new String[0], Part.text("options", options));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestClient.json(refused).get("detail").asString()).contains(advice);
    }

    @Test
    void takesADigestOrADocumentAndNoBrokenOne() throws Exception {
        Part options = options("sample-seal", "CAdES", "B", digest("SHA-256"));
        assertThat(client.post("/v1/seals", client.token(), new String[0], options, new Part("document", "a", FILE)).statusCode()).isEqualTo(400);
        assertThat(client.post("/v1/seals", client.token(), new String[0], options("sample-seal", "CAdES", "B", "{\"value\":\"AAAA\",\"algorithm\":\"SHA-256\"}")).statusCode()).isEqualTo(400);
        assertThat(client.post("/v1/seals", client.token(), new String[0], options("sample-agency", "CAdES", "B", digest("SHA-256"))).statusCode()).isEqualTo(422);
    }

    @Test
    void opensAnEncryptedPdfAndTellsNobodyHow() throws Exception {
        byte[] pdf = encrypted();
        Part options = Part.text("options", "{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"LT\"}");
        Part document = new Part("document", "a.pdf", pdf);
        for (HttpResponse<byte[]> refused : List.of(client.post("/v1/seals", client.token(), new String[0], options, document),
                client.post("/v1/seals", client.token(), new String[0], options, document, Part.text("password", "khác")))) {
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(TestClient.json(refused).get("type").asString()).endsWith("document-locked");
        }
        HttpResponse<byte[]> sealed = client.post("/v1/seals", client.token(), new String[0], options, document, Part.text("password", SECRET));
        assertThat(sealed.statusCode()).as(new String(sealed.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(conclusion(client.validate(sealed.body(), Part.text("password", SECRET)))).isEqualTo("valid");
        TestKey key = TestKey.ec(SERVICE.pki);
        Part[] parts = {Part.text("options", "{\"format\":\"PAdES\",\"certificateChain\":[" + chain(key) + "]}"), document, Part.text("password", SECRET)};
        HttpResponse<byte[]> prepared = client.post("/v1/signatures", client.token(), new String[0], parts);
        HttpResponse<byte[]> signed = value(key, TestClient.json(prepared));
        assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(conclusion(client.validate(signed.body(), Part.text("password", SECRET)))).isEqualTo("valid");
        assertThat(SERVICE.auditLog()).doesNotContain(SECRET);
        try (var database = SERVICE.postgres.getPostgresDatabase().getConnection(); var rows = database.createStatement().executeQuery("SELECT count(*) FROM deferred_signature WHERE password IS NOT NULL")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void showsAPictureAndHoldsItToTheRequest() throws Exception {
        java.awt.image.BufferedImage image = new java.awt.image.BufferedImage(60, 60, java.awt.image.BufferedImage.TYPE_INT_ARGB);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "png", png);
        String layout = "{\"page\":-1,\"left\":100,\"top\":200,\"width\":36,\"height\":36}";
        Part options = Part.text("options", "{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"layout\":" + layout + "}");
        Part document = new Part("document", "a.pdf", TestDocuments.pdf(2_000));
        String[] once = {"Idempotency-Key", "picture-" + System.nanoTime()};
        HttpResponse<byte[]> sealed = client.post("/v1/seals", client.token(), once, options, document, new Part("picture", "dau.png", png.toByteArray()));
        assertThat(sealed.statusCode()).as(new String(sealed.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(conclusion(client.validate(sealed.body()))).isEqualTo("valid");
        assertThat(client.post("/v1/seals", client.token(), once, options, document, new Part("picture", "dau.png", FILE)).statusCode()).isEqualTo(409);
        assertThat(client.post("/v1/seals", client.token(), new String[0], options, document).statusCode()).isEqualTo(400);
        TestKey key = TestKey.ec(SERVICE.pki);
        HttpResponse<byte[]> prepared = client.post("/v1/signatures", client.token(), new String[0], Part.text("options", "{\"format\":\"PAdES\",\"layout\":" + layout + ",\"certificateChain\":["
            + chain(key) + "]}"), document, new Part("picture", "dau.png", png.toByteArray()));
        HttpResponse<byte[]> signed = value(key, TestClient.json(prepared));
        assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"layout\":{}", "\"layout\":{\"text\":\"a\",\"left\":1}", "\"layout\":{\"text\":\"a\",\"left\":1,\"top\":1,\"width\":1000,\"height\":10}", "\"certify\":\"all\"",
        "\"field\":\"\"", "\"element\":\"a\"", "\"layout\":{\"text\":\"a\",\"size\":100}"})
    void refusesOptionsThatSayNothing(String option) {
        assertThat(client.seal("{\"key\":\"sample-seal\",\"format\":\"PAdES\"," + option + "}", TestDocuments.pdf(1_000), "a.pdf").statusCode()).isEqualTo(400);
    }

    @Test
    void sealsXmlOfAnySchema() {
        HttpResponse<byte[]> sealed = client.seal("{\"key\":\"sample-seal\",\"format\":\"XMLDSig\",\"element\":\"b\"}", "<a><b Id=\"b\">x</b></a>".getBytes(StandardCharsets.UTF_8), "a.xml");
        assertThat(sealed.statusCode()).as(new String(sealed.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        JsonNode report = TestClient.json(client.validate(sealed.body()));
        assertThat(report.get("conclusion").asString()).isEqualTo("valid");
        assertThat(report.at("/signatures/0/format").asString()).isEqualTo("XMLDSig");
        assertThat(report.at("/signatures/0/covers").asString()).isEqualTo("part");
    }

    private JsonNode prepare(TestKey key, String options) {
        HttpResponse<byte[]> prepared = client.post("/v1/signatures", client.token(), new String[0], Part.text("options", options));
        assertThat(prepared.statusCode()).as(new String(prepared.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        return TestClient.json(prepared);
    }

    private HttpResponse<byte[]> value(TestKey key, JsonNode waiting) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(waiting.get("signatureAlgorithm").asString()).orElseThrow();
        String value = Base64.getEncoder().encodeToString(key.sign(algorithm, Base64.getDecoder().decode(waiting.get("toBeSigned").asString())));
        return client.send(client.request("/v1/signatures/" + waiting.get("id").asString() + "/value", client.token()).header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"value\":\"" + value + "\"}")));
    }

    private static String chain(TestKey key) throws Exception {
        List<String> chain = new ArrayList<>();
        for (var certificate : key.chain()) {
            chain.add("\"" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"");
        }
        return String.join(",", chain);
    }

    private static Part options(String key, String format, String level, String digest) {
        return Part.text("options", "{\"key\":\"" + key + "\",\"format\":\"" + format + "\",\"level\":\"" + level + "\",\"packaging\":\"detached\",\"digest\":" + digest + "}");
    }

    private static String digest(String algorithm) throws Exception {
        return "{\"value\":\"" + Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(FILE)) + "\",\"algorithm\":\"" + algorithm + "\",\"name\":\"qd.txt\"}";
    }

    private static String conclusion(HttpResponse<byte[]> report) {
        assertThat(report.statusCode()).as(new String(report.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return TestClient.json(report).get("conclusion").asString();
    }

    private String openssl(byte[] signature) throws Exception {
        Path original = Files.write(folder.resolve("qd.txt"), FILE);
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(SERVICE.pki.root.certificate())));
        Files.writeString(folder.resolve("issuing.pem"), PemFile.encode(List.of(SERVICE.pki.issuing.certificate())));
        Process process = new ProcessBuilder("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", Files.write(folder.resolve("a.p7s"), signature).toString(), "-content", original.toString(),
            "-CAfile", folder.resolve("root.pem").toString(), "-certfile", folder.resolve("issuing.pem").toString(), "-purpose", "any", "-out", "/dev/null").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static byte[] encrypted() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = Loader.loadPDF(TestDocuments.pdf(3_000))) {
            StandardProtectionPolicy policy = new StandardProtectionPolicy("chủ", SECRET, new AccessPermission());
            policy.setEncryptionKeyLength(256);
            pdf.protect(policy);
            pdf.save(out);
        }
        return out.toByteArray();
    }
}
