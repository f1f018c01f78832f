package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A public client on a person's computer. */
final class TestClient {

    static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    final String id;
    final String redirect;
    private final TestBackbone backbone;
    private final JsonMapper json = JsonMapper.builder().build();

    TestClient(TestBackbone backbone, String id, String redirect) {
        this.backbone = backbone;
        this.id = id;
        this.redirect = redirect;
    }

    static TestClient mail(TestBackbone backbone) {
        return new TestClient(backbone, "mail-client", "http://127.0.0.1:53682");
    }

    static TestClient web(TestBackbone backbone) {
        return new TestClient(backbone, "sample-web", "http://127.0.0.1:53682/callback");
    }

    String authorize(String scope, String... more) {
        List<String> form = new ArrayList<>(List.of("response_type", "code", "client_id", id, "redirect_uri", redirect, "scope", scope, "state", "s1",
            "code_challenge_method", "S256", "code_challenge", challenge()));
        form.addAll(List.of(more));
        return "/oauth2/authorize?" + TestBrowser.form(form.toArray(new String[0])).replace("+", "%20");
    }

    String code(HttpResponse<?> answer) {
        String location = answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode());
        Matcher code = CODE.matcher(location);
        assertThat(location.startsWith(redirect) && code.find()).as(location + answer.body()).isTrue();
        return code.group(1);
    }

    /** All the way, in a browser where the person is logged in. */
    JsonNode tokens(TestBrowser browser, String scope) {
        HttpResponse<String> answer = redeem(code(browser.get(authorize(scope))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    HttpResponse<String> redeem(String code) {
        return token("grant_type", "authorization_code", "client_id", id, "code", code, "redirect_uri", redirect, "code_verifier", VERIFIER);
    }

    HttpResponse<String> refresh(String token) {
        return token("grant_type", "refresh_token", "client_id", id, "refresh_token", token);
    }

    JsonNode read(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    HttpResponse<String> token(String... form) {
        return post("/oauth2/token", form);
    }

    HttpResponse<String> post(String path, String... form) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri(path)).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(TestBrowser.form(form))));
    }

    static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
