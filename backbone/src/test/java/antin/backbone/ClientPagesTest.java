package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPagesTest {

    private static final String NEW = "/admin/clients/new";

    private final TestBackbone backbone = TestBackbone.shared();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void registerASystemWhoseSecretIsShownOnceAndGetsTokens() {
        TestBrowser browser = as("cuong.le");
        String id = "he-thong-" + UUID.randomUUID().toString().substring(0, 8);
        HttpResponse<String> shown = browser.post(NEW + "?kind=service", NEW, "kind", "service", "client-id", id, "client-name", "Hệ thống văn bản", "scopes", "sign", "seals", "sample-seal",
            "method", "client_secret_basic");
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        String secret = secret(shown);
        assertThat(tokens(id, secret, "sign seal:sample-seal")).isEqualTo(200);
        assertThat(tokens(id, secret, "directory.write")).isEqualTo(400);
        assertThat(browser.get("/admin/clients").body()).contains("Hệ thống văn bản", "Chương trình thư").doesNotContain("??");
        assertThat(browser.get("/admin/clients/" + id).body()).contains("sample-seal").doesNotContain(secret).doesNotContain("??");
        String page = browser.get("/admin/clients/" + id + "/secret").body();
        String second = secret(browser.postWithToken("/admin/clients/" + id + "/secret", TestBrowser.token(page), "revision", revision(page)));
        assertThat(tokens(id, secret, "sign")).isEqualTo(401);
        assertThat(tokens(id, second, "sign")).isEqualTo(200);
        page = browser.get("/admin/clients/" + id + "/switch").body();
        assertThat(browser.postWithToken("/admin/clients/" + id + "/switch", TestBrowser.token(page), "revision", revision(page)).statusCode()).isEqualTo(303);
        assertThat(tokens(id, second, "sign")).as("switched off").isEqualTo(401);
        assertThat(backbone.auditLog()).contains("client.registered", "client.new-secret", "client.switched-off").doesNotContain(secret);
    }

    @Test
    void restrictAProgramToTheUnitsOfItsPeople() {
        TestBrowser browser = as("cuong.le");
        String id = "app-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(browser.post(NEW + "?kind=device", NEW, "kind", "device", "client-id", id, "client-name", "Ứng dụng sở", "scopes", "openid", "redirects", "http://127.0.0.1/back",
            "units", "so-noi-vu").statusCode()).isEqualTo(303);
        TestClient client = new TestClient(backbone, id, "http://127.0.0.1:999/back");
        assertThat(location(as("duc.hoang").get(client.authorize("openid")))).startsWith(client.redirect + "?code=");
        assertThat(location(as("quynh.ly").get(client.authorize("openid")))).contains("error=access_denied");
        String page = browser.get("/admin/clients/" + id + "/edit").body();
        assertThat(page).contains("so-noi-vu").doesNotContain("??");
        String revision = revision(page);
        assertThat(browser.postWithToken("/admin/clients/" + id + "/edit", TestBrowser.token(page), "revision", revision, "client-name", "Ứng dụng", "scopes", "openid",
            "redirects", "http://127.0.0.1/back", "units", "").statusCode()).isEqualTo(303);
        assertThat(location(as("quynh.ly").get(client.authorize("openid")))).startsWith(client.redirect + "?code=");
        assertThat(browser.postWithToken("/admin/clients/" + id + "/edit", TestBrowser.token(page), "revision", revision, "client-name", "Cũ", "scopes", "openid",
            "redirects", "http://127.0.0.1/back", "units", "").statusCode()).as("somebody was faster").isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://*.city.example/back", "http://city.example/back", "javascript:alert(1)", "data:text/html", "https://city.example/a/../b", "https://a@city.example/", "https://city.example/#x",
        "http://127.0.0.1:8080/x", "myapp:/x", "https://city.example/,https://evil.example/"})
    void refuseARedirectAddressThatIsNotExact(String address) {
        TestBrowser browser = as("cuong.le");
        HttpResponse<String> answer = browser.post(NEW + "?kind=device", NEW, "kind", "device", "client-id", "xau-" + UUID.randomUUID().toString().substring(0, 8), "client-name", "Xấu",
            "scopes", "openid", "redirects", address);
        if (address.contains(",")) {
            assertThat(answer.statusCode()).as("two addresses, each by itself").isEqualTo(303);
        } else {
            assertThat(answer.statusCode()).isEqualTo(422);
        }
    }

    @Test
    void areForTheCitysAdministratorsOnly() {
        for (String who : new String[] {"huong.vu", "duong.pham", "lan.bui"}) {
            TestBrowser browser = as(who);
            for (String page : new String[] {"/admin/clients", NEW, NEW + "?kind=device", "/admin/clients/mail-client", "/admin/clients/mail-client/edit", "/admin/clients/mail-client/switch"}) {
                assertThat(browser.get(page).statusCode()).as(who + " at " + page).isEqualTo(403);
            }
            assertThat(browser.post("/account", NEW, "kind", "device", "client-id", "la-" + who.replace('.', '-'), "client-name", "Lạ", "scopes", "openid", "redirects", "http://127.0.0.1/").statusCode())
                .as(who).isEqualTo(403);
            assertThat(browser.post("/account", "/admin/clients/mail-client/switch", "revision", "0").statusCode()).as(who).isEqualTo(403);
        }
    }

    private TestBrowser as(String name) {
        TestPerson person = backbone.directory.people().stream().filter(one -> one.address().startsWith(name + "@")).findFirst().orElseThrow();
        return new TestBrowser(backbone).logIn(person);
    }

    private int tokens(String id, String secret, String scope) {
        String basic = Base64.getEncoder().encodeToString((id + ':' + secret).getBytes(StandardCharsets.US_ASCII));
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/oauth2/token")).header("Content-Type", "application/x-www-form-urlencoded").header("Authorization", "Basic " + basic)
            .POST(HttpRequest.BodyPublishers.ofString(TestBrowser.form("grant_type", "client_credentials", "scope", scope)))).statusCode();
    }

    private static String secret(HttpResponse<String> shown) {
        Matcher secret = Pattern.compile("id=\"client-secret\" class=\"secret\">([^<]{40,})<").matcher(shown.body());
        assertThat(secret.find()).as(shown.body()).isTrue();
        return secret.group(1);
    }

    private static String revision(String page) {
        return page.replaceAll("(?s).*name=\"revision\" value=\"([0-9]+)\".*", "$1");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode());
    }
}
