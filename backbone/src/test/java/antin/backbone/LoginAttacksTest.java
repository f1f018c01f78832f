package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Named attacks on the login's pages; each must fail. */
class LoginAttacksTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();
    private static final List<String> OPEN = List.of("/login", "/account", "/account/factors", "/account/sessions", "/admin");

    private final TestPerson person = BACKBONE.directory.person("cuong.le");
    private final TestBrowser browser = new TestBrowser(BACKBONE);

    @BeforeEach
    void anotherDay() {
        BACKBONE.clock.forward(Duration.ofHours(49));
        BACKBONE.clock.toNextStep();
    }

    @Test
    void sessionFixationIsWorthNothing() {
        browser.password(person);
        String planted = browser.cookie("__Host-session"); // whoever planted it knows it
        assertThat(browser.code(BACKBONE.code(person, 0)).statusCode()).isEqualTo(303);
        assertThat(browser.cookie("__Host-session")).isNotEqualTo(planted);
        assertThat(location(with("__Host-session=" + planted, "/account"))).isEqualTo("/login");
        assertThat(location(with("__Host-session=MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "/account"))).isEqualTo("/login");
        BACKBONE.clock.forward(Duration.ofMinutes(11));
        String before = browser.cookie("__Host-session");
        browser.post("/login/again", "/login/again", "code", BACKBONE.code(person, 0));
        assertThat(browser.cookie("__Host-session")).as("after a step-up too").isNotEqualTo(before);
    }

    @Test
    void noPageCanBeFramed() {
        browser.logIn(person);
        for (String page : OPEN) {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(page).hasValue("DENY");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse("")).as(page).contains("frame-ancestors 'none'", "script-src 'self';").doesNotContain("unsafe");
        }
    }

    @Test
    void noFormIsTakenFromAnotherSite() {
        browser.logIn(person);
        for (String form : List.of("/login", "/login/code", "/login/again", "/login/passkey", "/login/passkey/options", "/login/enrol", "/account/factors/new", "/account/factors/backup-codes",
            "/account/factors/passkeys", "/account/factors/passkeys/options", "/account/sessions/end", "/logout")) {
            assertThat(browser.postWithToken(form, "made-up", "code", "1").statusCode()).as(form).isEqualTo(403);
            assertThat(browser.send(HttpRequest.newBuilder(BACKBONE.uri(form)).header("Accept", "text/html").POST(HttpRequest.BodyPublishers.noBody())).statusCode()).as(form).isEqualTo(403);
        }
        assertThat(browser.get("/account").statusCode()).as("still logged in").isEqualTo(200);
    }

    @Test
    void toLeadsNowhereElse() {
        for (String evil : List.of("https://evil.example/", "//evil.example/", "/\\evil.example", "/account/../logout", "/account//evil.example", "/account%0d%0aX: y", "javascript:alert(1)", "/admin/..;/x", "/oauth2/token")) {
            TestBrowser here = new TestBrowser(BACKBONE);
            BACKBONE.clock.forward(Duration.ofSeconds(60));
            assertThat(location(here.post("/login", "/login", "login", person.address(), "password", person.password(), "to", evil))).as(evil).isEqualTo("/login/code");
            assertThat(location(here.post("/login/code", "/login/code", "code", BACKBONE.code(person, 0), "to", evil))).as(evil).isEqualTo("/account");
            BACKBONE.clock.forward(Duration.ofSeconds(60));
            assertThat(location(here.post("/login/again", "/login/again", "code", BACKBONE.code(person, 0), "to", evil))).as(evil).isEqualTo("/account");
        }
    }

    @Test
    void aCodeWorksOnceForItsPersonAndNeverAfterALaterOne() {
        TestPerson other = BACKBONE.directory.person("binh.tran");
        String code = BACKBONE.code(person, 0);
        TestBrowser stranger = new TestBrowser(BACKBONE);
        stranger.password(other);
        assertThat(stranger.code(code).statusCode()).as("another person's").isEqualTo(401);
        browser.password(person);
        assertThat(browser.code(code).statusCode()).isEqualTo(303);
        TestBrowser replay = new TestBrowser(BACKBONE);
        replay.password(person);
        assertThat(replay.code(code).statusCode()).as("replayed").isEqualTo(401);
        assertThat(replay.code(BACKBONE.code(person, -1)).statusCode()).as("of an earlier step").isEqualTo(401);
        assertThat(browser.post("/login/again", "/login/again", "code", code).statusCode()).as("replayed at the step-up").isEqualTo(401);
    }

    @Test
    void thePasswordAloneOpensNothing() {
        browser.password(person);
        for (String page : List.of("/account", "/account/factors", "/account/app-passwords", "/account/sessions", "/account/activity", "/account/password", "/account/profile", "/admin", "/approvals", "/login/again",
            "/login/continue", "/login/enrol/device")) {
            assertThat(location(browser.get(page))).as(page).startsWith("/login/code");
        }
        String authorize = "/oauth2/authorize?response_type=code&client_id=sample-web&redirect_uri=http%3A%2F%2F127.0.0.1%3A53682%2Fcallback&scope=openid&state=s1"
            + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assertThat(location(browser.get(authorize))).startsWith("/login/code?to=");
        assertThat(browser.postWithToken("/account/factors/new", TestBrowser.token(browser.get("/login/code").body()), "kind", "totp", "name", "x", "code", "123456").statusCode()).isIn(302, 303);
    }

    @Test
    void tellsAboutFactorsOnlyAfterTheRightPassword() {
        String known = new TestBrowser(BACKBONE).post("/login", "/login", "login", person.address(), "password", "wrong").body();
        String unknown = new TestBrowser(BACKBONE).post("/login", "/login", "login", "nobody.here@city.example", "password", "wrong").body();
        assertThat(plain(known)).isEqualTo(plain(unknown));
        TestBrowser stranger = new TestBrowser(BACKBONE);
        HttpResponse<String> options = stranger.post("/login", "/login/passkey/options", "login", person.address());
        assertThat(options.statusCode()).as("where no passkey is the only step").isEqualTo(404);
    }

    private static String plain(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "").replaceAll("id=\"login\"[^>]*>", "");
    }

    private static HttpResponse<String> with(String cookie, String path) {
        return new TestBrowser(BACKBONE).send(HttpRequest.newBuilder(BACKBONE.uri(path)).header("Accept", "text/html").header("Cookie", cookie));
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }
}
