package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.SecretFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our own provider, started a second time, as the one that the city had before. */
class OutsideLoginTest {

    private static TestBackbone before;
    private static TestBackbone backbone;

    @BeforeAll
    static void start() throws Exception {
        before = TestBackbone.shared();
        backbone = TestBackbone.withOwnDatabase();
        before.clock.forward(Duration.ofHours(49));
        TestBrowser admin = new TestBrowser(before).logIn(before.directory.people().stream().filter(one -> one.address().startsWith("cuong.le@")).findFirst().orElseThrow());
        String id = "sso-" + UUID.randomUUID().toString().substring(0, 8);
        HttpResponse<String> shown = admin.post("/admin/clients/new?kind=web-app", "/admin/clients/new", "kind", "web-app", "client-id", id, "client-name", "Ấn Tín", "scopes", "openid",
            "scopes", "email", "scopes", "profile", "redirects", backbone.url() + "/login/outside/back", "method", "client_secret_basic");
        String secret = shown.body().replaceAll("(?s).*id=\"client-secret\" class=\"secret\">([^<]+)<.*", "$1");
        SecretFile.write(backbone.home.resolve("secrets/outside"), secret);
        Files.writeString(backbone.home.resolve("conf/backbone.properties"), """
            outside.issuer=%s
            outside.client-id=%s
            outside.client-secret-file=secrets/outside
            outside.claim=email
            outside.button=SSO cũ
            outside.trust-file=%s
            """.formatted(before.url(), id, before.home.resolve("tls/root.pem")), StandardOpenOption.APPEND);
        backbone.stop();
        backbone.start();
    }

    @AfterAll
    static void stop() {
        backbone.close();
    }

    @Test
    void standsInPlaceOfThePasswordButNotOfTheSecondFactor() {
        TestPerson person = before.directory.people().get(6);
        TestBrowser there = new TestBrowser(before).logIn(person);
        TestBrowser here = new TestBrowser(backbone);
        assertThat(here.get("/login").body()).contains("SSO cũ");
        String asked = location(here.get("/login/outside"));
        assertThat(asked).startsWith(before.url() + "/oauth2/authorize").contains("code_challenge_method=S256", "nonce=", "state=");
        String answer = location(there.get(asked));
        assertThat(answer).startsWith(backbone.url() + "/login/outside/back?code=");
        assertThat(location(new TestBrowser(backbone).get(answer))).as("another browser, without what was begun").endsWith("/login");
        answer = location(there.get(asked));
        assertThat(location(here.get(answer))).endsWith("/login/code");
        assertThat(location(here.get("/account"))).as("no second factor yet").contains("/login/code");
        assertThat(location(here.get(TestClient.web(backbone).authorize("mail.imap")))).as("no token yet").contains("/login/code");
        assertThat(here.code(backbone.code(person, 0)).statusCode()).isEqualTo(303);
        assertThat(here.get("/account").statusCode()).isEqualTo(200);
        assertThat(backbone.auditLog()).contains("login.outside");
    }

    @Test
    void refusesAnotherStateAnotherIssuerAndAForgedCode() {
        TestBrowser there = new TestBrowser(before).logIn(before.directory.people().get(7));
        for (String[] change : new String[][] {{"state=[^&]+", "state=x"}, {"iss=[^&]+", "iss=https://evil.example"}, {"&iss=[^&]+", ""}, {"code=[^&]+", "code=x"}}) {
            TestBrowser here = new TestBrowser(backbone);
            String answer = location(there.get(location(here.get("/login/outside"))));
            assertThat(location(here.get(answer.replaceFirst(change[0], change[1])))).as(change[0]).endsWith("/login");
            assertThat(location(here.get("/account"))).contains("/login");
        }
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode());
    }
}
