package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The scope {@code credential} of the Cloud Signature Consortium: leave for a person's remote key to sign some hashes. */
class CredentialAuthorizationTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();
    private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    private static final Pattern STATE = Pattern.compile("name=\"state\" value=\"([^\"]+)\"");

    private final TestBrowser browser = new TestBrowser(BACKBONE);
    private final TestPerson person = BACKBONE.directory.people().get(6);
    private final TestClient client = TestClient.web(BACKBONE);
    private final String key = "person-" + person.number() + "-1";
    private final byte[] first = sha256("một");
    private final byte[] second = sha256("hai");

    @BeforeEach
    void anotherDay() {
        BACKBONE.clock.forward(Duration.ofHours(49));
    }

    @Test
    void asksForASecondFactorShowsWhatIsSignedAndWritesItIntoTheToken() throws Exception {
        browser.logIn(person);
        BACKBONE.clock.forward(Duration.ofSeconds(60));
        String request = request(key, "2", hashes(), SHA256);
        String again = location(browser.get(request));
        assertThat(again).as("a login of a minute ago is not enough").startsWith("/login/again?to=");
        String page = confirm(request);
        assertThat(page).contains(key, HexFormat.of().formatHex(first), HexFormat.of().formatHex(second), "SHA-256", "Ký bằng khóa của bạn?").contains("sample-web");
        assertThat(browser.send(java.net.http.HttpRequest.newBuilder(BACKBONE.uri("/oauth2/credential_confirm?state=" + state(page) + "&client_id=x")).header("Accept", "text/html")
            .header("Accept-Language", "en")).body()).contains("Sign with your key?", "Digests (SHA-256)");
        HttpResponse<String> answer = browser.postWithToken("/oauth2/authorize", "", "client_id", client.id, "state", state(page), "scope", "credential");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode tokens = client.read(client.redeem(back(answer, "code")));
        assertThat(tokens.has("refresh_token")).isFalse();
        JWTClaimsSet claims = SignedJWT.parse(tokens.get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getStringClaim("credentialID")).isEqualTo(key);
        assertThat(claims.getStringListClaim("hashes")).containsExactly(Base64.getEncoder().encodeToString(first), Base64.getEncoder().encodeToString(second));
        assertThat(claims.getStringClaim("hashAlgorithmOID")).isEqualTo(SHA256);
        assertThat(claims.getIntegerClaim("numSignatures")).isEqualTo(2);
        assertThat(claims.getSubject()).isEqualTo(person.number());
        assertThat(claims.getAudience()).containsExactly("https://localhost:8443");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(BACKBONE.clock.instant().getEpochSecond() - claims.getLongClaim("auth_time")).isBetween(0L, 60L);
        assertThat(BACKBONE.auditLog()).contains("credential.allow");
        assertThat(browser.postWithToken("/oauth2/authorize", "", "client_id", client.id, "state", state(page), "scope", "credential").statusCode()).as("a yes counts once").isEqualTo(400);
    }

    @Test
    void givesNothingForANoAndNothingForAnothersYes() {
        browser.logIn(person);
        String page = location(browser.get(request(key, "2", hashes(), SHA256)));
        assertThat(page).as("just logged in with both").startsWith("/oauth2/credential_confirm");
        String state = URLDecoder.decode(page.replaceFirst(".*[?&]state=([^&]+).*", "$1"), StandardCharsets.UTF_8);
        TestBrowser others = new TestBrowser(BACKBONE).logIn(BACKBONE.directory.people().get(7));
        assertThat(others.get(page).statusCode()).isEqualTo(404);
        assertThat(others.postWithToken("/oauth2/authorize", "", "client_id", client.id, "state", state, "scope", "credential").statusCode()).isEqualTo(400);
        assertThat(back(browser.postWithToken("/oauth2/authorize", "", "client_id", client.id, "state", state), "error")).isEqualTo("access_denied");
        assertThat(browser.postWithToken("/oauth2/credential_back", "x").statusCode()).as("no page of its own").isIn(403, 404);
    }

    @Test
    void refusesAnothersKeyAndWhatCannotBeSigned() {
        browser.logIn(person);
        refused(request("person-100001-1", "2", hashes(), SHA256), "access_denied");
        refused(request("sample-seal", "2", hashes(), SHA256), "access_denied");
        refused(request(key, "3", hashes(), SHA256), "invalid_request");
        refused(request(key, "0", hashes(), SHA256), "invalid_request");
        refused(request(key, "1", "", SHA256), "invalid_request");
        refused(request(key, "1", "AAAA", SHA256), "invalid_request");
        refused(request(key, "1", "!!", SHA256), "invalid_request");
        refused(request(key, "2", hashes(), "1.3.14.3.2.26"), "invalid_request");
        refused(request(key, "2", hashes() + "," + hashes(), SHA256), "invalid_request");
        refused(client.authorize("credential"), "invalid_request");
        refused(client.authorize("credential offline_access", "credentialID", key, "numSignatures", "2", "hashes", hashes(), "hashAlgorithmOID", SHA256), "invalid_scope");
        refused(client.authorize("credential", "authorization_details", "[]"), "invalid_request");
    }

    @Test
    void takesRichRequestsAndPushedOnes() throws Exception {
        browser.logIn(person);
        String details = "[{\"type\":\"credential\",\"credentialID\":\"" + key + "\",\"numSignatures\":1,\"documentDigests\":[{\"hash\":\"" + Base64.getEncoder().encodeToString(first)
            + "\",\"label\":\"Công văn\"}],\"hashAlgorithmOID\":\"" + SHA256 + "\"}]";
        List<String> form = new ArrayList<>(List.of("response_type", "code", "client_id", client.id, "redirect_uri", client.redirect, "scope", "credential", "state", "s1",
            "code_challenge_method", "S256", "code_challenge", TestClient.challenge(), "authorization_details", details));
        HttpResponse<String> pushed = client.post("/oauth2/par", form.toArray(new String[0]));
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        String page = browser.get(location(browser.get("/oauth2/authorize?" + TestBrowser.form("client_id", client.id, "request_uri", client.read(pushed).get("request_uri").asString())))).body();
        String code = back(browser.postWithToken("/oauth2/authorize", "", "client_id", client.id, "state", state(page), "scope", "credential"), "code");
        assertThat(SignedJWT.parse(client.read(client.redeem(code)).get("access_token").asString()).getJWTClaimsSet().getStringListClaim("hashes")).hasSize(1);
    }

    private String confirm(String request) {
        String again = "/login/again?to=" + java.net.URLEncoder.encode(request, StandardCharsets.UTF_8);
        browser.post(again, "/login/again", "code", BACKBONE.code(person, 0), "to", request);
        String page = location(browser.get(request));
        assertThat(page).startsWith("/oauth2/credential_confirm");
        return browser.get(page).body();
    }

    private void refused(String request, String error) {
        assertThat(location(browser.get(request))).startsWith(client.redirect).contains("error=" + error);
    }

    private String request(String credential, String signatures, String hashes, String algorithm) {
        return client.authorize("credential", "credentialID", credential, "numSignatures", signatures, "hashes", hashes, "hashAlgorithmOID", algorithm);
    }

    private String hashes() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(first) + "," + base64.encodeToString(second);
    }

    private static String state(String page) {
        Matcher state = STATE.matcher(page);
        assertThat(state.find()).as(page).isTrue();
        return state.group(1).replace("&#61;", "=").replace("&#43;", "+").replace("&amp;", "&");
    }

    /** What the page that leads back to the client has in its address. */
    private String back(HttpResponse<String> answer, String parameter) {
        Matcher found = Pattern.compile("href=\"" + Pattern.quote(client.redirect) + "[^\"]*[?;]" + parameter + "=([^&\"]+)").matcher(answer.body());
        assertThat(found.find()).as(answer.statusCode() + answer.body()).isTrue();
        return found.group(1);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode() + answer.body()).replaceFirst("https://localhost:\\d+", "");
    }
}
