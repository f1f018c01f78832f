package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door to the keys that sign tokens. */
class KeyPagesTest {

    private static final String KEYS = "/admin/token-keys";
    private static final Duration UNTIL_IT_SIGNS = Duration.ofMinutes(3);
    private static final Duration UNTIL_READ_ANEW = Duration.ofSeconds(31);

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestClient client = TestClient.web(backbone);

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void changesTheKeyAndGoesOnAcceptingWhatTheFormerOneSigned() throws Exception {
        TestBrowser browser = as("cuong.le");
        String before = token(browser);
        assertThat(browser.get(KEYS).body()).contains(kid(before), "Đang ký").doesNotContain("??");
        assertThat(browser.post(KEYS, KEYS + "/rotate").headers().firstValue("Location").orElse("")).endsWith(KEYS + "?done=rotated");
        backbone.clock.forward(UNTIL_READ_ANEW);
        assertThat(kid(token(browser))).as("published first").isEqualTo(kid(before));
        assertThat(browser.get(KEYS + "?done=rotated").body()).contains("Sắp ký", "sau hai phút").doesNotContain("??");
        List<String> announced = published();
        assertThat(announced).contains(kid(before)).hasSizeGreaterThanOrEqualTo(2);
        backbone.clock.forward(UNTIL_IT_SIGNS);
        String after = token(browser);
        assertThat(kid(after)).isNotEqualTo(kid(before)).isIn(announced);
        assertThat(userInfo(before)).isEqualTo(200);
        assertThat(userInfo(after)).isEqualTo(200);
        assertThat(browser.get(KEYS).body()).contains("Khóa cũ");
        assertThat(backbone.auditLog()).contains("\"act\":\"signing-key.rotate\",\"outcome\":\"done\"");
    }

    @Test
    void replacesStolenKeysAndBelievesNothingTheySigned() throws Exception {
        TestBrowser browser = as("cuong.le");
        String before = token(browser);
        assertThat(browser.get(KEYS + "/replace").body()).contains("mất hiệu lực").doesNotContain("??");
        assertThat(browser.post(KEYS + "/replace", KEYS + "/replace").statusCode()).isEqualTo(303);
        backbone.clock.forward(UNTIL_READ_ANEW);
        assertThat(published()).hasSize(1).doesNotContain(kid(before));
        assertThat(userInfo(before)).isEqualTo(401);
        assertThat(userInfo(token(browser))).isEqualTo(200);
    }

    @Test
    void isForTheCitysAdministratorsOnly() {
        for (String who : List.of("huong.vu", "duong.pham", "lan.bui")) {
            TestBrowser browser = as(who);
            assertThat(browser.get(KEYS).statusCode()).as(who).isEqualTo(403);
            assertThat(browser.get(KEYS + "/replace").statusCode()).as(who).isEqualTo(403);
            assertThat(browser.post("/account", KEYS + "/rotate").statusCode()).as(who).isEqualTo(403);
            assertThat(browser.post("/account", KEYS + "/replace").statusCode()).as(who).isEqualTo(403);
        }
    }

    private TestBrowser as(String name) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(name));
    }

    private String token(TestBrowser browser) {
        return client.tokens(browser, "openid profile").get("access_token").asString();
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private List<String> published() throws Exception {
        return JWKSet.parse(new TestBrowser(backbone).get(backbone.uri("/oauth2/jwks"), "application/json").body()).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private int userInfo(String token) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/userinfo")).header("Authorization", "Bearer " + token)).statusCode();
    }
}
