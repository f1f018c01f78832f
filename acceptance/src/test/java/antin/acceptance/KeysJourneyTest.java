package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys that people answer for: their own, by the CSC interface after their yes on the page, and an agency's, handed over. Pages in a real browser, systems by curl. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class KeysJourneyTest {

    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> codes = new LinkedBlockingQueue<>();
    private HttpServer program;
    private String redirect;

    /** The program on the person's computer that a code comes back to. */
    @BeforeEach
    void listen() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        program.createContext("/callback", exchange -> {
            codes.add(exchange.getRequestURI().getQuery().replaceFirst(".*?(?:code|error)=([^&]+).*", "$1"));
            byte[] page = "<title>Xong</title>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        program.start();
        redirect = "http://127.0.0.1:" + program.getAddress().getPort() + "/callback";
    }

    @AfterEach
    void stop() {
        program.stop(0);
    }

    @Test
    void signsAHashWithAPersonsOwnKeyOnceAndOnlyAfterTheirYes(Antin antin) throws Exception {
        Path document = Files.writeString(folder.resolve("công văn.txt"), "Công văn số 1/UBND");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(document));
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(390, 844, true);
            browser.logIn(antin, "duc.hoang@city.example");
            browser.open(authorize("service"));
            String service = token(antin);
            String key = ownKey(antin, service);
            assertThat(call(antin, service, "/csc/v2/credentials/list", "{}")).contains(key);

            String question = authorize("credential") + "&credentialID=" + key + "&numSignatures=1&hashAlgorithmOID=" + SHA256 + "&hashes=" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            browser.open(question);
            browser.enterCode(antin, "duc.hoang@city.example", "/oauth2/credential_confirm");
            assertThat(browser.text()).contains("Ký bằng khóa của bạn?", key, HexFormat.of().formatHex(hash));
            browser.picture(PICTURES.resolve("consent-phone.png"));
            browser.follow("form button", "Từ chối");
            assertThat(codes.poll(10, TimeUnit.SECONDS)).isEqualTo("access_denied");

            browser.open(question);
            browser.enterCode(antin, "duc.hoang@city.example", "/oauth2/credential_confirm");
            browser.follow("form button", "Ký");
            String leave = token(antin);
            String sign = "{\"credentialID\":\"%s\",\"hashes\":[\"%s\"],\"hashAlgorithmOID\":\"%s\",\"signAlgo\":\"1.2.840.10045.4.3.2\"}".formatted(key, Base64.getEncoder().encodeToString(hash), SHA256);
            Path value = Files.write(folder.resolve("value"), Base64.getDecoder().decode(found("\"signatures\":\\[\"([^\"]+)\"", call(antin, leave, "/csc/v2/signatures/signHash", sign))));
            String certificate = found("\"certificates\":\\[\"([^\"]+)\"", call(antin, service, "/csc/v2/credentials/info", "{\"credentialID\":\"" + key + "\"}"));
            Path der = Files.write(folder.resolve("certificate.der"), Base64.getDecoder().decode(certificate));
            Path signer = Files.writeString(folder.resolve("signer.pub"), Tool.run("openssl", "x509", "-inform", "DER", "-in", der.toString(), "-noout", "-pubkey").succeeds().output());
            assertThat(Tool.run("openssl", "dgst", "-sha256", "-verify", signer.toString(), "-signature", value.toString(), document.toString()).text()).isEqualTo("Verified OK");
            assertThat(call(antin, leave, "/csc/v2/signatures/signHash", sign)).as("signed once").contains("invalid_request", "signed once").doesNotContain("signatures\"");
            assertThat(call(antin, service, "/csc/v2/signatures/signHash", sign)).as("no leave").doesNotContain("signatures\"");
        }
    }

    @Test
    void handsAnAgencysKeyOverOnceAndOnlyWithASecondPersonsYes(Antin antin) throws Exception {
        String approval;
        try (Chromium asking = Chromium.start(antin); Chromium allowing = Chromium.start(antin)) {
            asking.size(1280, 800, false);
            asking.logIn(antin, "lan.bui@city.example");
            asking.open("/admin/people/100009");
            asking.follow("a[href$='/handover']");
            asking.type("#key", "sample-seal-ec");
            asking.type("#reason", "Quyết định 12/QĐ-UBND");
            asking.picture(PICTURES.resolve("handover-desktop.png"));
            asking.follow("main form button");
            String page = asking.path();
            approval = page.substring(page.lastIndexOf('/') + 1);
            String receiver = antin.run("sample", "token", "manh.do@city.example", "sign").succeeds().text();
            assertThat(take(antin, receiver, approval)).as("nobody allowed it").isEqualTo("409");
            allowing.logIn(antin, "cuong.le@city.example");
            allowing.open(page);
            assertThat(allowing.text()).contains("Bàn giao thiết bị", "sample-seal-ec", "Quyết định 12/QĐ-UBND", "Đỗ Hữu Mạnh");
            allowing.follow("main button", "Đồng ý");
            String another = antin.run("sample", "token", "binh.tran@city.example", "sign").succeeds().text();
            assertThat(take(antin, another, approval)).as("not for them").isEqualTo("409");
            assertThat(take(antin, receiver, approval)).isEqualTo("204");
            assertThat(take(antin, receiver, approval)).as("used up").isEqualTo("409");
            assertThat(call(antin, receiver, "/v1/keys", "")).contains("sample-seal-ec").contains("\"owners\":[\"100009\"]");
        }
        assertThat(Files.readString(antin.home().resolve("audit/signing-service.log")))
            .containsPattern("\"act\":\"key.handover\",\"outcome\":\"done\"[^\n]*" + approval).containsPattern("\"act\":\"key.handover\",\"outcome\":\"failed\"[^\n]*" + approval);
    }

    /** The status of the answer. */
    private static String take(Antin antin, String token, String approval) {
        return call(antin, token, "/v1/keys/sample-seal-ec/handover", "{\"approval\":\"" + approval + "\"}").lines().toList().getLast();
    }

    /** The first one, made where there is none yet. */
    private static String ownKey(Antin antin, String token) {
        String keys = call(antin, token, "/v1/remote-keys", "");
        return found("\"name\":\"(person-[0-9]+-[0-9]+)\"", keys.contains("person-") ? keys : call(antin, token, "/v1/remote-keys", "{}"));
    }

    /** What comes back, and its status on a line of its own; a GET without a body. */
    private static String call(Antin antin, String token, String path, String json) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-w", "\n%{http_code}", "--cacert", antin.root(), "-H", "Authorization: Bearer " + token));
        if (!json.isEmpty()) {
            command.addAll(List.of("-H", "Content-Type: application/json", "-d", json));
        }
        command.add("https://localhost:" + antin.port(8443) + path);
        return Tool.run(command.toArray(String[]::new)).succeeds().output();
    }

    private String authorize(String scope) {
        return "/oauth2/authorize?response_type=code&client_id=sample-web&scope=" + scope + "&redirect_uri=" + redirect + "&code_challenge_method=S256&code_challenge=" + CHALLENGE + "&state=s";
    }

    private String token(Antin antin) throws InterruptedException {
        String code = codes.poll(10, TimeUnit.SECONDS);
        assertThat(code).as("the code that came back").isNotNull();
        return found("\"access_token\":\"([^\"]+)\"", Tool.run("curl", "-s", "--cacert", antin.root(), "-d", "grant_type=authorization_code&client_id=sample-web&code=" + code + "&redirect_uri=" + redirect
            + "&code_verifier=" + VERIFIER, "https://localhost:" + antin.port(8440) + "/oauth2/token").succeeds().output());
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
