package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a module sees of the OpenID provider. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class TokensTest {

    @Test
    void discoveryNamesTheIssuerAndItsKeys(Antin antin) {
        String issuer = "https://localhost:" + antin.port(8440);
        assertThat(get(antin, "/.well-known/openid-configuration")).contains("\"issuer\":\"" + issuer + "\"", "\"code_challenge_methods_supported\":[\"S256\"]");
        assertThat(get(antin, "/oauth2/jwks")).contains("\"kty\":\"EC\"").doesNotContain("\"d\":");
    }

    @Test
    void aSystemGetsATokenForOneAudience(Antin antin) {
        String token = antin.run("sample", "token", "sample-documents").succeeds().text();
        String[] part = token.split("\\.", -1);
        assertThat(decode(part[0])).contains("\"typ\":\"at+jwt\"", "\"alg\":\"ES256\"");
        assertThat(decode(part[1])).contains("\"iss\":\"https://localhost:" + antin.port(8440) + "\"", "localhost:" + antin.port(8443), "seal:sample-seal-ec");
        assertThat(decode(antin.run("sample", "token", "sample-documents", "directory.read").succeeds().text().split("\\.", -1)[1]))
            .contains("localhost:" + antin.port(8440)).doesNotContain("seal:");
    }

    @Test
    void scopesOfTwoServicesInOneTokenAreRefused(Antin antin) {
        Tool.Result result = antin.run("sample", "token", "sample-documents", "validate", "directory.read");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.output()).contains("invalid_scope");
    }

    @Test
    void noCodeIsGivenToSomebodyWhoDidNotLogIn(Antin antin) {
        String answer = Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "--cacert", antin.root(),
            "https://localhost:" + antin.port(8440) + "/oauth2/authorize?response_type=code&client_id=sample-web&scope=openid"
                + "&redirect_uri=http://127.0.0.1:4711/callback&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=x")
            .succeeds().text();
        assertThat(answer).startsWith("302 ").contains("/login").doesNotContain("code=");
    }

    private static String get(Antin antin, String path) {
        return Tool.run("curl", "-s", "--fail", "--cacert", antin.root(), "https://localhost:" + antin.port(8440) + path).succeeds().output();
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
