package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Vault;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import org.springframework.transaction.support.TransactionOperations;
import java.util.Map;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenIdTest {

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";
    private static final String REDIRECT = "http://127.0.0.1:53682/callback";

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(6);
    private final JsonMapper json = JsonMapper.builder().build();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void describesItselfWithoutPrivateKeys() throws Exception {
        JsonNode document = json.readTree(browser.get(backbone.uri("/.well-known/openid-configuration"), "application/json").body());
        assertThat(document.get("issuer").asString()).isEqualTo(backbone.url());
        assertThat(document.get("id_token_signing_alg_values_supported").toString()).isEqualTo("[\"ES256\"]");
        assertThat(document.get("code_challenge_methods_supported").toString()).contains("S256");
        assertThat(document.get("grant_types_supported").toString())
            .isEqualTo("[\"authorization_code\",\"refresh_token\",\"client_credentials\",\"urn:ietf:params:oauth:grant-type:device_code\"]");
        assertThat(document.get("token_endpoint_auth_methods_supported").toString()).isEqualTo("[\"client_secret_basic\",\"client_secret_post\",\"private_key_jwt\",\"self_signed_tls_client_auth\",\"tls_client_auth\",\"none\"]");
        assertThat(document.get("authorization_response_iss_parameter_supported").asBoolean()).isTrue();
        assertThat(document.get("device_authorization_endpoint").asString()).isEqualTo(backbone.url() + "/oauth2/device_authorization");
        assertThat(document.get("pushed_authorization_request_endpoint").asString()).isEqualTo(backbone.url() + "/oauth2/par");
        assertThat(document.has("dpop_signing_alg_values_supported")).isFalse();
        assertThat(document.get("mtls_endpoint_aliases").get("token_endpoint").asString()).isEqualTo("https://localhost:" + backbone.tokenPort + "/oauth2/token");
        assertThat(document.has("tls_client_certificate_bound_access_tokens")).as("no service of ours could check that").isFalse();
        assertThat(document.has("registration_endpoint")).isFalse();
        assertThat(browser.get(backbone.uri("/oauth2/jwks"), "application/json").body()).contains("\"crv\":\"P-256\"").doesNotContain("\"d\"");
    }

    @Test
    void givesACodeOnlyAfterBothFactorsAndTokensOnlyWithTheVerifier() throws Exception {
        String request = authorize("openid profile email mail.imap", true);
        String login = location(browser.get(request));
        assertThat(login).startsWith("/login?to=%2Foauth2%2Fauthorize%3F");
        browser.post(login, "/login", "login", person.address(), "password", person.password(), "to", request);
        assertThat(location(browser.get(request))).as("the password alone gives no code").startsWith("/login/code?to=");
        HttpResponse<String> loggedIn = browser.post("/login/code", "/login/code", "code", backbone.code(person, 0), "to", request);
        assertThat(location(loggedIn)).startsWith("/login/continue?to=");
        assertThat(browser.get(location(loggedIn)).body()).contains("http-equiv=\"refresh\"");

        String code = codeFrom(browser.get(request));
        assertThat(token("grant_type", "authorization_code", "client_id", "sample-web", "code", code, "redirect_uri", REDIRECT,
            "code_verifier", "another-verifier-of-at-least-forty-three-characters").statusCode()).isEqualTo(400);
        HttpResponse<String> answer = token("grant_type", "authorization_code", "client_id", "sample-web", "code", codeFrom(browser.get(request)),
            "redirect_uri", REDIRECT, "code_verifier", VERIFIER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode tokens = json.readTree(answer.body());
        SignedJWT access = verified(tokens.get("access_token").asString());
        assertThat(access.getHeader().getType().toString()).isEqualTo("at+jwt");
        JWTClaimsSet claims = access.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(backbone.url());
        assertThat(claims.getSubject()).isEqualTo(person.number());
        assertThat(claims.getAudience()).containsExactly("urn:antin:mail");
        assertThat(List.of(claims.getStringClaim("scope").split(" ", -1))).contains("mail.imap");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("sample-web");
        assertThat(Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant())).isEqualTo(Duration.ofMinutes(5));
        assertThat(tokens.has("refresh_token")).isFalse();

        JWTClaimsSet id = verified(tokens.get("id_token").asString()).getJWTClaimsSet();
        assertThat(id.getStringListClaim("amr")).containsExactly("pwd", "otp", "mfa");
        assertThat(id.getLongClaim("auth_time")).isBetween(backbone.clock.instant().getEpochSecond() - 60, backbone.clock.instant().getEpochSecond());
        assertThat(id.getStringClaim("email")).isEqualTo(person.address());
        assertThat(id.getStringClaim("name")).isEqualTo(person.name());
        assertThat(userInfo(tokens.get("access_token").asString()).body()).contains(person.address());
        assertThat(userInfo(tokens.get("id_token").asString()).statusCode()).as("an ID token opens nothing").isEqualTo(401);
    }

    @Test
    void refusesARequestWithoutProofKey() {
        browser.logIn(person);
        assertThat(location(browser.get(authorize("openid", false)))).startsWith(REDIRECT).contains("error=invalid_request");
    }

    @Test
    void refusesAnotherRedirectAddress() {
        browser.logIn(person);
        assertThat(browser.get(authorize("openid", true).replace("callback", "other")).statusCode()).isEqualTo(400);
        assertThat(browser.get(authorize("openid", true).replace("127.0.0.1", "evil.example")).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesScopesOfTwoServicesInOneRequest() {
        browser.logIn(person);
        assertThat(location(browser.get(authorize("openid mail.imap sign", true)))).startsWith(REDIRECT).contains("error=invalid_scope");
        HttpResponse<String> answer = credentials("sign directory.read");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_scope");
        assertThat(credentials("").body()).contains("invalid_scope");
        assertThat(credentials("mail.imap").body()).as("not this client's").contains("invalid_scope");
    }

    @Test
    void acceptsACodeOnce() {
        browser.logIn(person);
        String code = codeFrom(browser.get(authorize("openid", true)));
        String[] form = {"grant_type", "authorization_code", "client_id", "sample-web", "code", code, "redirect_uri", REDIRECT, "code_verifier", VERIFIER};
        assertThat(token(form).statusCode()).isEqualTo(200);
        assertThat(token(form).body()).contains("invalid_grant");
    }

    @Test
    void givesASystemATokenForOneService() throws Exception {
        HttpResponse<String> answer = credentials("seal:sample-seal sign validate timestamp");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JWTClaimsSet claims = verified(json.readTree(answer.body()).get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("https://localhost:8443");
        assertThat(claims.getSubject()).isEqualTo("sample-documents");
        assertThat(verified(json.readTree(credentials("directory.read").body()).get("access_token").asString()).getJWTClaimsSet().getAudience())
            .containsExactly(backbone.url());
    }

    @Test
    void refusesAWrongClientSecretAndAPersonsSessionInItsPlace() {
        assertThat(tokenWithSecret("wrong", "sign").statusCode()).isEqualTo(401);
        browser.logIn(person);
        assertThat(token("grant_type", "client_credentials", "scope", "sign").statusCode()).isIn(400, 401);
    }

    @Test
    void opensNoPageForABearerToken() throws Exception {
        String token = json.readTree(credentials("sign").body()).get("access_token").asString();
        HttpResponse<String> answer = new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/account"))
            .header("Accept", "application/json").header("Authorization", "Bearer " + token));
        assertThat(answer.statusCode()).isIn(401, 403);
    }

    @Test
    void keepsItsKeyOverARestartSealedInTheDatabase() {
        String before = browser.get(backbone.uri("/oauth2/jwks"), "application/json").body();
        backbone.stop();
        backbone.start();
        assertThat(browser.get(backbone.uri("/oauth2/jwks"), "application/json").body()).isEqualTo(before);
    }

    @Test
    void sweepsAuthorizationsThatHaveEnded() {
        assertThat(credentials("sign").statusCode()).isEqualTo(200);
        JdbcClient database = JdbcClient.create(backbone.postgres.getPostgresDatabase());
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(backbone.postgres.getPostgresDatabase()));
        Vault vault = Vault.open(backbone.home.resolve("secrets/backbone.key"));
        Throttle throttle = new Throttle(database, transactions, vault, backbone.clock);
        PasswordBudget budget = new PasswordBudget(database, transactions, vault, backbone.clock, 5, Duration.ofMinutes(15));
        try (Sweeper sweeper = new Sweeper(database, throttle, budget, new SentCodes(database, TransactionOperations.withoutTransaction(), vault, new Destinations(database, vault, backbone.clock), Map.of(), backbone.clock), backbone.clock)) {
            backbone.clock.forward(Duration.ofDays(40)); // past whatever other tests were given
            sweeper.sweep();
        }
        assertThat(database.sql("SELECT count(*) FROM oauth2_authorization").query(Integer.class).single()).isZero();
    }

    private String authorize(String scope, boolean proofKey) {
        return "/oauth2/authorize?" + TestBrowser.form("response_type", "code", "client_id", "sample-web", "redirect_uri", REDIRECT, "scope", scope,
            "state", "s1").replace("+", "%20") + (proofKey ? "&code_challenge_method=S256&code_challenge=" + challenge() : "");
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String codeFrom(HttpResponse<String> answer) {
        Matcher code = Pattern.compile("^" + Pattern.quote(REDIRECT) + "\\?code=([^&]+)&state=s1").matcher(location(answer));
        assertThat(code.find()).as(location(answer) + answer.body()).isTrue();
        return code.group(1);
    }

    private HttpResponse<String> credentials(String scope) {
        return tokenWithSecret(backbone.sample("clients.tsv", "sample-documents").getFirst().split("\t", -1)[1], scope);
    }

    private HttpResponse<String> tokenWithSecret(String secret, String scope) {
        String basic = Base64.getEncoder().encodeToString(("sample-documents:" + secret).getBytes(StandardCharsets.US_ASCII));
        return browser.send(tokenRequest("grant_type", "client_credentials", "scope", scope).header("Authorization", "Basic " + basic));
    }

    private HttpResponse<String> token(String... form) {
        return browser.send(tokenRequest(form));
    }

    private HttpRequest.Builder tokenRequest(String... form) {
        return HttpRequest.newBuilder(backbone.uri("/oauth2/token")).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(TestBrowser.form(form)));
    }

    private HttpResponse<String> userInfo(String token) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/userinfo")).header("Authorization", "Bearer " + token));
    }

    private SignedJWT verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        JWKSet keys = JWKSet.parse(browser.get(backbone.uri("/oauth2/jwks"), "application/json").body());
        assertThat(jwt.verify(new ECDSAVerifier(keys.getKeys().getFirst().toECKey()))).isTrue();
        return jwt;
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }
}
