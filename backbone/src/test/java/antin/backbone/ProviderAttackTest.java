package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The usual attacks on a provider, each by its name. */
class ProviderAttackTest {

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(8);
    private final TestPerson other = backbone.directory.people().get(9);
    private final TestClient client = TestClient.web(backbone);
    private final JsonMapper json = JsonMapper.builder().build();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void thePasswordAloneGivesNothingAtAnyGrant() {
        for (String grant : List.of("password", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer", "implicit")) {
            HttpResponse<String> answer = client.token("grant_type", grant, "client_id", client.id, "username", person.address(), "password", person.password(), "scope", "mail.imap",
                "assertion", "x", "subject_token", "x", "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
            assertThat(answer.statusCode()).as(grant).isIn(400, 401);
            assertThat(answer.body()).doesNotContain("access_token\"");
        }
        for (String method : List.of("authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code")) {
            HttpResponse<String> answer = client.token("grant_type", method, "client_id", client.id, "username", person.address(), "password", person.password(), "scope", "mail.imap");
            assertThat(answer.statusCode()).as(method).isIn(400, 401);
        }
        browser.password(person);
        for (String path : List.of(client.authorize("mail.imap"), client.authorize("mail.imap", "prompt", "consent"), "/oauth2/device_verification?user_code=BCDF-GHJK", "/oauth2/device_verification",
            "/oauth2/device_confirm?state=x&user_code=y", "/oauth2/device_done", "/admin/clients")) {
            HttpResponse<String> answer = browser.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(location(answer)).as(path).startsWith("/login");
        }
        assertThat(location(browser.get(client.authorize("openid", "prompt", "none")))).startsWith(client.redirect).contains("error=login_required");
    }

    @Test
    void mixUpIsSeenByTheIssuerInEveryAnswer() {
        browser.logIn(person);
        for (String answer : List.of(rawLocation(browser.get(client.authorize("openid"))), rawLocation(browser.get(client.authorize("openid directory.read"))),
            rawLocation(browser.get(client.authorize("openid", "prompt", "none", "max_age", "1"))))) {
            assertThat(URLDecoder.decode(answer, StandardCharsets.UTF_8)).contains("iss=" + backbone.url());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:53682/callback/", "http://127.0.0.1:53682/callback/../x", "http://127.0.0.1:53682/callback?x=1", "http://127.0.0.1:53682/callback#x", "http://127.0.0.1:53682@evil.example/callback",
        "https://127.0.0.1:53682/callback", "http://localhost:53682/callback", "http://127.0.0.1.evil.example/callback", "http://evil.example\\@127.0.0.1/callback", "//evil.example/callback", "javascript:alert(1)", "http://127.0.0.2/callback"})
    void redirectAddressTricksGetNoCode(String address) {
        browser.logIn(person);
        TestClient tricked = new TestClient(backbone, client.id, address);
        HttpResponse<String> answer = browser.get(tricked.authorize("openid"));
        assertThat(answer.statusCode()).as(location(answer)).isEqualTo(400);
    }

    @Test
    void mailProgramsComeBackToLoopbackByNumberOrNameAtAnyPortAndNowhereElse() {
        browser.logIn(person);
        for (String address : List.of("http://127.0.0.1:1234", "http://127.0.0.1:1234/", "http://localhost:1234", "http://localhost:1234/", "http://[::1]:1234/")) {
            assertThat(location(browser.get(new TestClient(backbone, "mail-client", address).authorize("mail.imap")))).as(address).startsWith(address + "?code=");
        }
        for (String address : List.of("http://localhost:1234/x", "http://localhost.evil.example/", "http://localhost:1@evil.example/", "http://localhost:1234/?x", "https://localhost:1234/", "http://127.0.0.1:1234/x")) {
            assertThat(browser.get(new TestClient(backbone, "mail-client", address).authorize("mail.imap")).statusCode()).as(address).isEqualTo(400);
        }
    }

    @Test
    void pkceCannotBeLeftOutOrWeakened() {
        browser.logIn(person);
        String plain = client.authorize("openid").replace("code_challenge_method=S256", "code_challenge_method=plain");
        assertThat(location(browser.get(plain))).contains("error=invalid_request");
        assertThat(location(browser.get(client.authorize("openid").replaceFirst("&code_challenge_method=S256&code_challenge=[^&]+", "")))).contains("error=invalid_request");
        String code = client.code(browser.get(client.authorize("openid")));
        assertThat(client.token("grant_type", "authorization_code", "client_id", client.id, "code", code, "redirect_uri", client.redirect).statusCode()).isIn(400, 401);
        assertThat(client.token("grant_type", "authorization_code", "client_id", client.id, "code", code, "redirect_uri", client.redirect, "code_verifier", "").statusCode()).isIn(400, 401);
        assertThat(client.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void anInjectedCodeIsWorthNothingToAnotherClientOrVerifier() {
        browser.logIn(person);
        String code = client.code(browser.get(client.authorize("openid")));
        TestClient mail = new TestClient(backbone, "mail-client", client.redirect);
        assertThat(mail.redeem(code).statusCode()).as("another client").isIn(400, 401);
        code = client.code(browser.get(client.authorize("openid")));
        assertThat(client.token("grant_type", "authorization_code", "client_id", client.id, "code", code, "redirect_uri", client.redirect, "code_verifier",
            "the-verifier-of-the-attackers-own-request-0123456789").statusCode()).isIn(400, 401);
        assertThat(client.token("grant_type", "authorization_code", "client_id", client.id, "code", code, "redirect_uri", "http://127.0.0.1:1/callback", "code_verifier", TestClient.VERIFIER)
            .body()).as("another redirect address").contains("invalid_grant");
    }

    @Test
    void forgedAndConfusedTokensOpenNothing() throws Exception {
        browser.logIn(person);
        String good = client.tokens(browser, "openid profile").get("access_token").asString();
        assertThat(userInfo(good)).isEqualTo(200);
        SignedJWT parsed = SignedJWT.parse(good);
        JWTClaimsSet claims = parsed.getJWTClaimsSet();
        ECKey published = JWKSet.parse(browser.get(backbone.uri("/oauth2/jwks"), "application/json").body()).getKeys().getFirst().toECKey();
        byte[] publicKey = published.toECPublicKey().getEncoded();
        SignedJWT mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(published.getKeyID()).type(new JOSEObjectType("at+jwt")).build(), claims);
        mac.sign(new MACSigner(publicKey));
        assertThat(userInfo(mac.serialize())).as("HS256 with the public key").isEqualTo(401);
        assertThat(userInfo(new PlainJWT(claims).serialize())).as("alg none").isEqualTo(401);
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID(published.getKeyID()).generate();
        assertThat(userInfo(signed(own, claims))).as("signed by somebody else").isEqualTo(401);
        SignedJWT embedded = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(own.toPublicJWK()).type(new JOSEObjectType("at+jwt")).build(), claims);
        embedded.sign(new ECDSASigner(own));
        assertThat(userInfo(embedded.serialize())).as("with its key in the header").isEqualTo(401);
        String[] parts = good.split("\\.");
        String swapped = new JWTClaimsSet.Builder(claims).subject(other.number()).build().toString();
        assertThat(userInfo(parts[0] + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(swapped.getBytes(StandardCharsets.UTF_8)) + '.' + parts[2])).as("swapped user").isEqualTo(401);
        assertThat(userInfo(signed(own, new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now().minusSeconds(3600))).build()))).as("expired").isEqualTo(401);
        assertThat(userInfo(client.tokens(browser, "mail.imap").get("access_token").asString())).as("for another audience").isIn(401, 403);
    }

    @Test
    void aPushedRequestIsItsClientsAndUsedOnce() {
        browser.logIn(person);
        String pushed = pushed("openid mail.imap");
        String address = "/oauth2/authorize?" + TestBrowser.form("client_id", client.id, "request_uri", pushed);
        assertThat(browser.get("/oauth2/authorize?" + TestBrowser.form("client_id", "mail-client", "request_uri", pushed)).statusCode()).as("another client's").isEqualTo(400);
        assertThat(location(browser.get(address))).startsWith(client.redirect + "?code=");
        assertThat(browser.get(address).statusCode()).as("used").isEqualTo(400);
        assertThat(client.post("/oauth2/par", "client_id", client.id, "response_type", "code", "redirect_uri", "https://evil.example/", "scope", "openid", "code_challenge", TestClient.challenge(),
            "code_challenge_method", "S256").statusCode()).isEqualTo(400);
        assertThat(client.post("/oauth2/par", "client_id", "sample-documents", "response_type", "code", "redirect_uri", client.redirect, "scope", "openid").statusCode()).isEqualTo(401);
    }

    @Test
    void anOldLoginMustBeProvenAgainBeforeItSigns() {
        browser.logIn(person);
        assertThat(location(browser.get(client.authorize("openid sign")))).startsWith(client.redirect + "?code=");
        for (int i = 0; i < 21; i++) {
            backbone.clock.forward(Duration.ofMinutes(14));
            browser.get("/account");
        }
        assertThat(location(browser.get(client.authorize("openid sign")))).as("nearly five hours old").startsWith("/login/again?to=%2Foauth2%2Fauthorize");
        assertThat(location(browser.get(client.authorize("openid sign", "prompt", "none")))).contains("error=login_required");
        assertThat(location(browser.get(client.authorize("openid", "max_age", "3600")))).startsWith("/login/again?to=");
        assertThat(location(browser.get(client.authorize("openid", "prompt", "login")))).startsWith("/login/again?to=");
        assertThat(location(browser.get(client.authorize("openid", "max_age", "never")))).contains("error=invalid_request");
        assertThat(location(browser.get(client.authorize("openid", "acr_values", "urn:antin:acr:phishing-resistant")))).startsWith("/login/again?to=").contains("acr=urn");
        assertThat(location(browser.get(client.authorize("openid", "max_age", "36000")))).startsWith(client.redirect + "?code=");
        assertThat(location(browser.get(client.authorize("openid", "request", "eyJ")))).contains("error=request_not_supported");
    }

    @Test
    void aDeviceIsLetInByItsOwnerAloneAndOnce() {
        HttpResponse<String> asked = client("mail-client").post("/oauth2/device_authorization", "client_id", "mail-client", "scope", "mail.imap");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        JsonNode device = json.readTree(asked.body());
        String code = device.get("device_code").asString();
        String typed = device.get("user_code").asString();
        assertThat(typed).matches("[B-Z]{4}-[B-Z]{4}");
        assertThat(poll(code).body()).contains("authorization_pending");
        browser.logIn(person);
        String confirm = location(browser.post("/oauth2/device_verification", "/oauth2/device_verification", "user_code", typed));
        assertThat(confirm).startsWith("/oauth2/device_confirm?");
        String page = browser.get(confirm).body();
        assertThat(page).contains("Chương trình thư", typed, "hãy từ chối");
        String state = page.replaceAll("(?s).*name=\"state\" value=\"([^\"]+)\".*", "$1");
        TestBrowser stranger = new TestBrowser(backbone).logIn(other);
        assertThat(stranger.get(confirm).statusCode()).as("not the stranger's to confirm").isEqualTo(404);
        assertThat(location(stranger.post("/oauth2/device_verification", "/oauth2/device_verification", "client_id", "mail-client", "state", state, "user_code", typed, "scope", "mail.imap")))
            .contains("problem=");
        assertThat(poll(code).body()).contains("authorization_pending");
        assertThat(location(browser.post("/oauth2/device_verification", "/oauth2/device_verification", "client_id", "mail-client", "state", state, "user_code", typed, "scope", "mail.imap")))
            .isEqualTo("/oauth2/device_done");
        HttpResponse<String> given = poll(code);
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(json.readTree(given.body()).has("refresh_token")).isTrue();
        assertThat(poll(code).statusCode()).as("once").isEqualTo(400);
    }

    @Test
    void aDeviceThatAsksTooOftenIsToldToSlowDownAndGetsItsTokensAllTheSame() {
        JsonNode device = json.readTree(client("mail-client").post("/oauth2/device_authorization", "client_id", "mail-client", "scope", "mail.imap").body());
        String code = device.get("device_code").asString();
        assertThat(poll(code).body()).contains("authorization_pending");
        assertThat(poll(code).body()).as("at once").contains("slow_down");
        backbone.clock.forward(Duration.ofSeconds(6));
        assertThat(poll(code).body()).as("five seconds more from now on").contains("slow_down");
        backbone.clock.forward(Duration.ofSeconds(16));
        assertThat(poll(code).body()).contains("authorization_pending");
        browser.logIn(person);
        String typed = device.get("user_code").asString();
        String page = browser.get(location(browser.post("/oauth2/device_verification", "/oauth2/device_verification", "user_code", typed))).body();
        assertThat(poll(code).body()).contains("authorization_pending");
        browser.post("/oauth2/device_verification", "/oauth2/device_verification", "client_id", "mail-client", "state", page.replaceAll("(?s).*name=\"state\" value=\"([^\"]+)\".*", "$1"),
            "user_code", typed, "scope", "mail.imap");
        assertThat(poll(code).statusCode()).as("once it was let in, no matter how soon").isEqualTo(200);
    }

    @Test
    void userCodesCannotBeGuessed() {
        browser.logIn(other);
        String last = "";
        for (int i = 0; i < 8; i++) {
            last = location(browser.post("/oauth2/device_verification", "/oauth2/device_verification", "user_code", "BBBB-BBB" + "BCDFGHJK".charAt(i)));
        }
        assertThat(last).endsWith("problem=wait");
    }

    private TestClient client(String id) {
        return new TestClient(backbone, id, client.redirect);
    }

    private HttpResponse<String> poll(String code) {
        return client.token("grant_type", "urn:ietf:params:oauth:grant-type:device_code", "client_id", "mail-client", "device_code", code);
    }

    private String pushed(String scope) {
        HttpResponse<String> answer = client.post("/oauth2/par", "client_id", client.id, "response_type", "code", "redirect_uri", client.redirect, "scope", scope, "state", "s1",
            "code_challenge", TestClient.challenge(), "code_challenge_method", "S256");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).get("request_uri").asString();
    }

    private int userInfo(String token) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/userinfo")).header("Authorization", "Bearer " + token)).statusCode();
    }

    private static String signed(ECKey key, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(new JOSEObjectType("at+jwt")).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String rawLocation(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode());
    }

    private String location(HttpResponse<?> answer) {
        return rawLocation(answer).replace(backbone.url(), "");
    }
}
