package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.backbone.TestOutsideCa.Token;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Certificates of a government's authority, registered over HTTP by people and for agencies, and what is asked of that authority. */
class OutsideCertificatesTest {

    private static final String PATH = "/account/certificates/outside";

    @TempDir
    Path folder;
    private final TestBackbone backbone = TestBackbone.shared();
    private final TestOutsideCa government = backbone.outside;

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
        government.silent = false;
    }

    @Test
    void registersByFilesThatOpensslSigns() throws Exception {
        TestBrowser browser = as("duc.hoang");
        Token token = government.token("UID=100005,CN=HOANG MINH DUC,C=VN");
        assertThat(browser.get("/account/certificates").body()).contains("href=\"" + PATH + '"');
        assertThat(browser.get(PATH).body()).contains("Cơ quan chứng thực của Chính phủ", "Cơ quan chứng thực của Đảng").doesNotContain("??");
        String challenge = begin(browser, "", token);
        assertThat(browser.get(challenge).body()).contains("Ký thử thách", "owner: 100005", "purpose: signing").doesNotContain("??");
        byte[] text = browser.bytes(challenge + "/challenge.txt");
        HttpResponse<String> done = browser.post(challenge, PATH + "/signature", "id", id(challenge), "text", openssl(token, text));
        assertThat(done.headers().firstValue("Location").orElse("")).as(done.body()).endsWith("?done=good");
        assertThat(browser.get(PATH + "?done=good").body()).contains("Đã đăng ký chứng thư số", "Có hiệu lực", token.certificate().getSerialNumber().toString(16)).doesNotContain("??");
        assertThat(browser.get(PATH + "?lang=en").body()).contains("Registered").doesNotContain("??");
        browser.get(PATH + "?lang=vi");
        String page = PATH + '/' + sha256(token);
        assertThat(browser.get(page).body()).contains("HOANG MINH DUC", "Test Government Issuing").doesNotContain("??");
        assertThat(browser.bytes(page + "/certificate.cer")).isEqualTo(token.certificate().getEncoded());
        assertThat(as("manh.do").get(page).statusCode()).as("another's").isEqualTo(404);
        assertThat(ownerForSigning(sha256(token))).isEqualTo("{\"owner\":\"100005\"}");
        assertThat(ownerForSigning("00".repeat(32))).isEqualTo("{\"owner\":\"\"}");
        assertThat(backbone.auditLog()).contains("\"act\":\"certificate.register\",\"outcome\":\"done\"");
        assertThat(browser.post(PATH, PATH + "/signature", "id", id(challenge), "text", openssl(token, text)).statusCode()).as("the same again").isEqualTo(422);
    }

    @Test
    void opensADoorForTheBridgeOfATokenThatTakesEachChallengeOnceFromItsOwner() throws Exception {
        TestBrowser browser = as("duc.hoang");
        String csrf = TestBrowser.token(browser.get(PATH).body());
        Token token = government.token("UID=100005,C=VN");
        JsonNode asked = asked(browser, csrf, token);
        byte[] text = Base64.getDecoder().decode(asked.get("challenge").asString());
        String id = asked.get("id").asString();
        TestBrowser other = as("manh.do");
        String othersCsrf = TestBrowser.token(other.get(PATH).body());
        assertThat(signed(other, othersCsrf, id, "ecdsa", token.sign(text)).body()).as("a challenge of somebody else's").contains("challenge-over");
        assertThat(signed(browser, csrf, id, "magic", token.sign(text)).statusCode()).isEqualTo(400);
        assertThat(signed(browser, "", id, "ecdsa", token.sign(text)).statusCode()).as("without the page's token").isEqualTo(403);
        HttpResponse<String> answer = signed(browser, csrf, id, "ecdsa", token.sign(text));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(JsonMapper.shared().readTree(answer.body()).get("state").asString()).isEqualTo("good");
        assertThat(signed(browser, csrf, id, "ecdsa", token.sign(text)).body()).as("replayed").contains("challenge-over");
        JsonNode foreign = asked(browser, csrf, token);
        assertThat(signed(browser, csrf, foreign.get("id").asString(), "ecdsa", token.sign(text)).body()).as("the signature of another challenge").contains("not-signed");
        assertThat(signed(browser, csrf, foreign.get("id").asString(), "ecdsa", token.sign(Base64.getDecoder().decode(foreign.get("challenge").asString()))).body()).as("one try").contains("challenge-over");
        JsonNode slow = asked(browser, csrf, token);
        backbone.clock.forward(Duration.ofSeconds(601));
        assertThat(signed(as("duc.hoang"), csrf, slow.get("id").asString(), "ecdsa", new byte[1]).statusCode()).isEqualTo(403);
        TestBrowser later = as("duc.hoang");
        assertThat(signed(later, TestBrowser.token(later.get(PATH).body()), slow.get("id").asString(), "ecdsa", token.sign(Base64.getDecoder().decode(slow.get("challenge").asString()))).body()).as("too late").contains("challenge-over");
        assertThat(json(later, TestBrowser.token(later.get(PATH).body()), "/token-challenges", "{\"certificate\":\"" + "A".repeat(140_000) + "\"}").body()).contains("too-large");
    }

    @Test
    void refusesWhatDoesNotCountAndSaysWhy() throws Exception {
        TestBrowser browser = as("duc.hoang");
        assertThat(fault(browser, "")).contains("Hãy chọn một tệp");
        assertThat(fault(browser, "Kính gửi")).contains("không phải chứng thư số");
        assertThat(fault(browser, "A".repeat(17_000))).contains("quá lớn");
        assertThat(fault(browser, government.forged("UID=100005,C=VN").pem())).contains("không do nơi cấp nào");
        assertThat(fault(browser, government.withoutCommitment("UID=100005,C=VN").pem())).contains("chống chối bỏ");
        Token revoked = government.token("UID=100005,C=VN");
        government.revoked.add(revoked.certificate().getSerialNumber());
        assertThat(refusedSignature(browser, revoked)).contains("đã bị thu hồi");
        Token good = government.token("UID=100005,C=VN");
        government.revoked.add(government.issuing.getSerialNumber());
        try {
            assertThat(refusedSignature(browser, good)).as("an authority above it").contains("đã bị thu hồi");
        } finally {
            government.revoked.remove(government.issuing.getSerialNumber());
        }
        government.silent = true;
        String challenge = begin(browser, "", good);
        HttpResponse<String> unknown = browser.post(challenge, PATH + "/signature", "id", id(challenge), "text", openssl(good, browser.bytes(challenge + "/challenge.txt")));
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("thử lại sau").doesNotContain("??");
        government.silent = false;
        register(browser, "", good);
        Token stolen = government.again(good, "UID=100009,C=VN");
        assertThat(refusedSignature(as("manh.do"), stolen)).as("one key for one owner").contains("chủ sở hữu khác");
        assertThat(new TestBrowser(backbone).get(PATH).statusCode()).as("strangers").isEqualTo(302);
        String big = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.pem\"\r\n\r\n" + "A".repeat(300_000) + "\r\n--x--\r\n";
        assertThat(browser.send(HttpRequest.newBuilder(backbone.uri(PATH)).header("Content-Type", "multipart/form-data; boundary=x").POST(BodyPublishers.ofString(big))).statusCode()).isEqualTo(413);
    }

    @Test
    void hasAnAdministratorAllowACertificateOfAnotherName() throws Exception {
        TestBrowser manh = as("manh.do");
        Token token = government.token("UID=CCCD:079012345678,CN=Đỗ Hữu Mạnh,C=VN");
        assertThat(register(manh, "", token)).endsWith("?done=waiting");
        assertThat(manh.get(PATH + "?done=waiting").body()).contains("Chờ quản trị viên đồng ý", "trong 24 giờ").doesNotContain("??");
        assertThat(refusedSignature(manh, government.token("UID=CCCD:079012345678,C=VN"))).as("one question at a time").contains("đang chờ quản trị viên");
        TestBrowser lan = as("lan.bui");
        String question = question(lan);
        assertThat(lan.get(question).body()).contains("Mã định danh (UID)", "079012345678", "khác với danh bạ").doesNotContain("??");
        assertThat(manh.post("/account", question + "/give").statusCode()).as("not oneself").isEqualTo(403);
        assertThat(lan.post(question, question + "/give").statusCode()).isEqualTo(303);
        assertThat(manh.get(PATH + '/' + sha256(token)).body()).contains("Có hiệu lực", "Mã định danh (UID)").doesNotContain("??");
        assertThat(backbone.auditLog()).contains("\"outcome\":\"allowed\"");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> backbone.letters("100009").stream().anyMatch(letter -> letter.contains("Quản trị viên đã đồng ý")));

        Token wrong = government.token("UID=CCCD:1,CN=Ai đó,C=VN");
        register(manh, "", wrong);
        String second = question(lan);
        assertThat(lan.post(second, second + "/refuse").statusCode()).isEqualTo(303);
        assertThat(manh.get(PATH + '/' + sha256(wrong)).statusCode()).as("nothing is kept").isEqualTo(404);
        assertThat(backbone.letters("100009")).last().asString().contains("Không đăng ký chứng thư số");
    }

    @Test
    void registersAnAgencysCertificateThroughItsAdministrator() throws Exception {
        String unit = backbone.directory.person("duc.hoang").unit();
        TestBrowser cuong = as("cuong.le");
        String owned = PATH + "?unit=" + unit;
        assertThat(cuong.get("/admin/units/" + unit).body()).contains(owned);
        assertThat(cuong.get(owned).body()).contains("Cơ quan chứng thực của Chính phủ").doesNotContain("Cơ quan chứng thực của Đảng", "??");
        assertThat(as("duc.hoang").get(owned).statusCode()).as("staff of the agency").isEqualTo(404);
        Token seal = government.token("SERIALNUMBER=" + unit + ",CN=Agency,C=VN");
        assertThat(register(cuong, unit, seal)).contains("done=good", "unit=" + unit);
        assertThat(cuong.get(owned).body()).contains(seal.certificate().getSerialNumber().toString(16));
        assertThat(as("duc.hoang").get(PATH + '/' + sha256(seal)).statusCode()).isEqualTo(404);
        assertThat(cuong.get(PATH).body()).as("not the administrator's own").doesNotContain(sha256(seal));
    }

    @Test
    void seesWithinTheHourThatOneWasRevokedAndWritesToItsOwner() throws Exception {
        TestBrowser browser = as("duc.hoang");
        Token token = government.token("UID=100005,C=VN");
        register(browser, "", token);
        government.revoked.add(token.certificate().getSerialNumber());
        backbone.clock.forward(Duration.ofMinutes(61));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
            backbone.letters("100005").stream().anyMatch(letter -> letter.startsWith("Chứng thư số " + token.certificate().getSerialNumber().toString(16) + " đã bị thu hồi")));
        assertThat(as("duc.hoang").get(PATH + '/' + sha256(token)).body()).contains("Đã bị nơi cấp thu hồi").doesNotContain("??");
    }

    @Test
    void followsARequestFromTheLetterToTheAnswer() throws Exception {
        TestBrowser duc = as("duc.hoang");
        Token token = government.token("UID=100005,CN=Hoàng Minh Đức,C=VN");
        register(duc, "", token);
        String page = PATH + '/' + sha256(token);
        assertThat(duc.post(page, page + "/requests", "wish", "revoke", "reason", "because").statusCode()).isEqualTo(400);
        String request = location(duc.post(page, page + "/requests", "wish", "revoke", "reason", "keyCompromise"));
        assertThat(location(duc.post(page, page + "/requests", "wish", "revoke", "reason", "superseded"))).as("one at a time").isEqualTo(request);
        String id = request.replaceAll(".*/", "");
        byte[] letter = duc.bytes(request + "/request.txt");
        assertThat(new String(letter, StandardCharsets.UTF_8)).contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi: Cơ quan chứng thực của Chính phủ", id, sha256(token), "khóa bí mật bị lộ");
        assertThat(as("manh.do").get(request).statusCode()).isEqualTo(404);
        Token stranger = government.token("UID=100009,C=VN");
        HttpResponse<String> wrong = duc.post(request, PATH + "/requests/signature", "id", id, "text", openssl(stranger, letter));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Chữ ký không đúng").doesNotContain("??");
        assertThat(duc.post("/account", request + "/sent", "note", "").statusCode()).as("not before it is signed").isEqualTo(409);
        assertThat(duc.post(request, PATH + "/requests/signature", "id", id, "text", openssl(token, letter)).statusCode()).isEqualTo(303);
        assertThat(verified(token, letter, duc.bytes(request + "/request.p7s"))).isTrue();
        assertThat(duc.post(request, request + "/sent", "note", "Trục liên thông").statusCode()).isEqualTo(303);
        assertThat(duc.post("/account", request + "/answer", "outcome", "granted", "reference", "12/CV", "date", "2026-11-23").statusCode()).as("not oneself").isEqualTo(403);
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.get("/admin/outside-requests").body()).contains(request, "Đã gửi, chờ trả lời").doesNotContain("??");
        assertThat(cuong.get(request).body()).contains("Ghi kết quả").doesNotContain("??");
        assertThat(cuong.post(request, request + "/answer", "outcome", "granted", "reference", "12/CV", "date", "2999-01-01").statusCode()).isEqualTo(400);
        assertThat(cuong.post(request, request + "/answer", "outcome", "granted", "reference", "12/CV-CYCP", "date", "2026-11-23").statusCode()).isEqualTo(303);
        assertThat(cuong.get(request).body()).contains("Nơi cấp chấp thuận", "12/CV-CYCP", "Trục liên thông", "23/11/2026").doesNotContain("??");
        assertThat(backbone.letters("100005")).last().asString().contains("chấp thuận đề nghị " + id, "12/CV-CYCP");
        String change = location(as("duc.hoang").post(page, page + "/requests", "wish", "change", "reason", "Đổi cơ quan\nSố: 1"));
        assertThat(new String(as("duc.hoang").bytes(change + "/request.txt"), StandardCharsets.UTF_8)).contains("thay đổi thông tin").doesNotContain("\nSố: 1");
        TestBrowser again = as("duc.hoang");
        assertThat(again.post(change, change + "/withdraw").statusCode()).isEqualTo(303);
        assertThat(again.get(change).body()).contains("Đã rút lại").doesNotContain("??");
    }

    private String begin(TestBrowser browser, String unit, Token token) throws Exception {
        return location(browser.post(PATH + (unit.isEmpty() ? "" : "?unit=" + unit), PATH, "unit", unit, "text", token.pem()));
    }

    /** Where it leads. */
    private String register(TestBrowser browser, String unit, Token token) throws Exception {
        String challenge = begin(browser, unit, token);
        return location(browser.post(challenge, PATH + "/signature", "id", id(challenge), "text", Base64.getMimeEncoder().encodeToString(token.cms(browser.bytes(challenge + "/challenge.txt")))));
    }

    private String refusedSignature(TestBrowser browser, Token token) throws Exception {
        String challenge = begin(browser, "", token);
        HttpResponse<String> answer = browser.post(challenge, PATH + "/signature", "id", id(challenge), "text", Base64.getMimeEncoder().encodeToString(token.cms(browser.bytes(challenge + "/challenge.txt"))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return answer.body();
    }

    private String fault(TestBrowser browser, String text) {
        HttpResponse<String> answer = browser.post(PATH, PATH, "unit", "", "text", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).doesNotContain("??");
        return answer.body();
    }

    private String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replace(backbone.url(), "");
    }

    private static String id(String challenge) {
        return challenge.replaceAll(".*/", "");
    }

    /** The one question that the administrator may decide about. */
    private static String question(TestBrowser administrator) {
        String body = administrator.get("/approvals").body();
        assertThat(body).contains("Chứng thư số do nơi khác cấp");
        return body.replaceAll("(?s).*?href=\"(/approvals/[0-9a-f-]{36})\"[^>]*>Chứng thư số do nơi khác.*", "$1");
    }

    private JsonNode asked(TestBrowser browser, String csrf, Token token) throws Exception {
        HttpResponse<String> answer = json(browser, csrf, "/token-challenges", "{\"certificate\":\"" + Base64.getEncoder().encodeToString(token.certificate().getEncoded()) + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> signed(TestBrowser browser, String csrf, String id, String form, byte[] signature) {
        return json(browser, csrf, "/token-signatures", "{\"id\":\"" + id + "\",\"form\":\"" + form + "\",\"signature\":\"" + Base64.getEncoder().encodeToString(signature) + "\"}");
    }

    private HttpResponse<String> json(TestBrowser browser, String csrf, String path, String body) {
        return browser.send(HttpRequest.newBuilder(backbone.uri(PATH + path)).header("Accept", "application/json").header("Content-Type", "application/json").header("X-XSRF-TOKEN", csrf)
            .POST(BodyPublishers.ofString(body)));
    }

    /** As people without a bridge do it. */
    private String openssl(Token token, byte[] text) throws Exception {
        write(token, text);
        run("openssl", "cms", "-sign", "-binary", "-in", "text", "-signer", "cert.pem", "-inkey", "key.pem", "-outform", "PEM", "-out", "signature.pem");
        return Files.readString(folder.resolve("signature.pem"));
    }

    private boolean verified(Token token, byte[] text, byte[] signature) throws Exception {
        write(token, text);
        Files.write(folder.resolve("signature.p7s"), signature);
        run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.p7s", "-content", "text", "-certfile", "cert.pem", "-noverify", "-out", "same");
        return java.util.Arrays.equals(Files.readAllBytes(folder.resolve("same")), text);
    }

    private void write(Token token, byte[] text) throws Exception {
        Files.write(folder.resolve("text"), text);
        Files.writeString(folder.resolve("cert.pem"), token.pem());
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(token.keys().getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", List.of(command)) + said).isZero();
    }

    /** As signing-service asks. */
    private String ownerForSigning(String sha256) throws Exception {
        InternalIdentity identity = backbone.directory.issue("signing-service-t", "CN=signing-service", "antin:signing-service");
        try (HttpClient client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/outside-certificates/owner"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"sha256\":\"" + sha256 + "\"}")).build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static String sha256(Token token) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.certificate().getEncoded()));
    }

    private TestBrowser as(String local) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(local));
    }
}
