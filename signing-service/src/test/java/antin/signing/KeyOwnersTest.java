package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The shared service with an owner for a key, who gives it to somebody else, and an agency whose leader must have signed. */
class KeyOwnersTest {

    private static final TestService SERVICE = TestService.shared();
    private static final Path CONFIGURATION = SERVICE.home.resolve("conf/signing-service.properties");
    private static final String CLERK = "100002";
    private static final String SUCCESSOR = "100007";
    private static final String KEY = "sample-seal-ec";
    private static String before = "";
    private final TestClient client = new TestClient(SERVICE);

    @BeforeAll
    static void nameTheOwner() throws IOException {
        before = Files.readString(CONFIGURATION);
        Files.writeString(CONFIGURATION, before + "key." + KEY + ".owners=" + CLERK + "\nkey.sample-agency.leaders-of=so-noi-vu\n");
        SERVICE.stop();
        SERVICE.start();
    }

    @AfterAll
    static void takeThemAway() throws IOException {
        Files.writeString(CONFIGURATION, before);
        SERVICE.stop();
        SERVICE.start();
    }

    @Test
    void goesToTheReceiverAloneByAnApprovalThatIsUsedUp() {
        assertThat(seal(CLERK)).isEqualTo(201);
        assertThat(seal(SUCCESSOR)).isEqualTo(403);
        assertThat(keys(SUCCESSOR)).doesNotContain(KEY);
        String approval = approved(KEY, SUCCESSOR);
        refused(take(approval, CLERK), 409, "conflict");
        refused(take(approved("sample-seal", SUCCESSOR), SUCCESSOR), 409, "conflict");
        assertThat(seal(SUCCESSOR)).isEqualTo(403);
        assertThat(Stream.generate(() -> approval).limit(4).parallel().map(one -> take(one, SUCCESSOR).statusCode()).filter(status -> status == 204)).hasSize(1);
        assertThat(seal(CLERK)).as("whoever had it has it no more").isEqualTo(403);
        assertThat(seal(SUCCESSOR)).isEqualTo(201);
        assertThat(keys(SUCCESSOR)).contains(KEY, "\"owners\":[\"" + SUCCESSOR + "\"]");
        refused(take(approval, SUCCESSOR), 409, "conflict");
        assertThat(client.seal("{\"key\":\"" + KEY + "\",\"format\":\"XAdES\"}", xml(), "a.xml").statusCode()).as("systems are held to clients, not to owners").isEqualTo(201);
        assertThat(SERVICE.auditLog().lines().filter(line -> line.contains(approval) && line.contains("\"outcome\":\"done\"")).toList()).singleElement().asString()
            .contains("key.handover", SUCCESSOR, "100008", "100003", "Quyết định 12");
    }

    @Test
    void sealsForAnAgencyWhatItsLeaderHasSigned() {
        String agency = "{\"key\":\"sample-agency\",\"format\":\"PAdES\"}";
        refused(client.seal(agency, signedBy("UID=100006"), "a.pdf"), 422, "malformed-document");
        refused(client.seal(agency, signedBy("OU=so-noi-vu"), "a.pdf"), 422, "malformed-document");
        assertThat(client.seal(agency, signedBy("UID=100005"), "a.pdf").statusCode()).isEqualTo(201);
    }

    private byte[] signedBy(String name) {
        TestKey key = TestKey.of(SERVICE.pki, "CN=Hoàng Minh Đức," + name + ",O=Thành phố,C=VN");
        JsonNode waiting = TestClient.json(DeferredSignaturesTest.prepare(client, key, "PAdES", "B", TestDocuments.pdf(1_000)));
        byte[] value = key.sign(SignatureAlgorithm.ECDSA_SHA256, Base64.getDecoder().decode(waiting.get("toBeSigned").asString()));
        HttpResponse<byte[]> signed = client.send(client.request("/v1/signatures/" + waiting.get("id").asString() + "/value", client.token()).header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}")));
        assertThat(signed.statusCode()).as(new String(signed.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return signed.body();
    }

    @Test
    void refusesSystemsUnknownKeysAndWhatIsNoApproval() {
        assertThat(client.send(client.request("/v1/keys/" + KEY + "/handover", client.token()).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"approval\":\"" + UUID.randomUUID() + "\"}"))).statusCode()).isEqualTo(403);
        refused(take(UUID.randomUUID().toString(), "no-such-key", CLERK), 404, "not-found");
        refused(take("../../x", CLERK), 400, "malformed-request");
        refused(take(UUID.randomUUID().toString(), CLERK), 409, "conflict");
        assertThat(SERVICE.auditLog()).contains("\"act\":\"key.handover\",\"outcome\":\"failed\"");
    }

    private static String approved(String key, String receiver) {
        return SERVICE.approve("agency-key-handover", receiver, key);
    }

    private int seal(String person) {
        return client.post("/v1/seals", token(person), new String[0], TestClient.Part.text("options", "{\"key\":\"" + KEY + "\",\"format\":\"XAdES\"}"),
            new TestClient.Part("document", "a.xml", xml())).statusCode();
    }

    private String keys(String person) {
        HttpResponse<byte[]> answer = client.send(client.request("/v1/keys", SERVICE.issuer.token(SERVICE.url(), "desk", "sign", claims -> claims.subject(person), "at+jwt")));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> take(String approval, String person) {
        return take(approval, KEY, person);
    }

    private HttpResponse<byte[]> take(String approval, String key, String person) {
        return client.send(client.request("/v1/keys/" + key + "/handover", token(person)).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"approval\":\"" + approval + "\"}")));
    }

    private static void refused(HttpResponse<byte[]> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
        assertThat(List.of(TestClient.json(answer).get("type").asString())).containsExactly("/problems/" + kind);
    }

    private static byte[] xml() {
        return TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
    }

    private static String token(String person) {
        return SERVICE.issuer.token(SERVICE.url(), "desk", "sign seal:" + KEY, claims -> claims.subject(person), "at+jwt");
    }
}
