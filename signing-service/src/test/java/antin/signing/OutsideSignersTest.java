package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The shared service that believes another authority too, whose certificates are registered at backbone. */
class OutsideSignersTest {

    private static final TestService SERVICE = TestService.shared();
    private static final Path CONFIGURATION = SERVICE.home.resolve("conf/signing-service.properties");
    private static final TestPki OTHER = new TestPki("Other");
    private static final TestKey KEY = TestKey.of(OTHER, "CN=HOANG MINH DUC,UID=100009,C=VN");
    private static String before = "";
    private final TestClient client = new TestClient(SERVICE);

    @BeforeAll
    static void believeTheOther() throws Exception {
        before = Files.readString(CONFIGURATION);
        Files.writeString(SERVICE.home.resolve("tls/other.pem"), PemFile.encode(List.of(OTHER.root.certificate())));
        Files.writeString(CONFIGURATION, before + "trust=other\ntrust.other.file=tls/other.pem\ntrust.other.status-urls=" + OTHER.url() + "\nkey.sample-agency.leaders-of=so-noi-vu\n");
        SERVICE.stop();
        SERVICE.start();
    }

    @AfterAll
    static void noMore() throws IOException {
        Files.writeString(CONFIGURATION, before);
        SERVICE.stop();
        SERVICE.start();
        OTHER.close();
    }

    @Test
    void signsForWhomTheCertificateIsRegisteredWhateverNumberIsInIt() throws Exception {
        assertThat(prepare("100005").statusCode()).as("not registered").isEqualTo(403);
        SERVICE.outsideOwners.put(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(KEY.chain().getFirst().getEncoded())), "100005");
        assertThat(prepare("100009").statusCode()).as("the number that the other authority wrote").isEqualTo(403);
        byte[] signed = complete(TestClient.json(prepare("100005")));
        assertThat(new String(client.validate(signed).body(), StandardCharsets.UTF_8)).startsWith("{\"conclusion\":\"valid\"");
        assertThat(client.seal("{\"key\":\"sample-agency\",\"format\":\"PAdES\"}", signed, "a.pdf").statusCode()).as("no leader of ours by the other's word").isEqualTo(422);
        SERVICE.outsideOwners.clear();
        assertThat(prepare("100005").statusCode()).as("withdrawn").isEqualTo(403);
    }

    private HttpResponse<byte[]> prepare(String person) throws Exception {
        String chain = KEY.chain().stream().map(OutsideSignersTest::base64).collect(Collectors.joining("\",\""));
        return client.post("/v1/signatures", token(person), new String[0], TestClient.Part.text("options", "{\"format\":\"PAdES\",\"level\":\"LT\",\"certificateChain\":[\"" + chain + "\"]}"),
            new TestClient.Part("document", "qđ.pdf", TestDocuments.pdf(2_000)));
    }

    private byte[] complete(JsonNode waiting) {
        byte[] value = KEY.sign(SignatureAlgorithm.ECDSA_SHA256, Base64.getDecoder().decode(waiting.get("toBeSigned").asString()));
        HttpResponse<byte[]> signed = client.send(client.request("/v1/signatures/" + waiting.get("id").asString() + "/value", token("100005")).header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}")));
        assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return signed.body();
    }

    private static String token(String person) {
        return SERVICE.issuer.token(SERVICE.url(), "desk", "sign", claims -> claims.subject(person), "at+jwt");
    }

    private static String base64(java.security.cert.X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
