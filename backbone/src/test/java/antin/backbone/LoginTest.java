package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.HttpCookie;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LoginTest {

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(1);

    /** Failures of other tests are forgotten, and a code that none of them used is shown. */
    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
        backbone.clock.toNextStep();
    }

    @Test
    void leadsFromThePasswordOverTheCodeToTheAccount() {
        assertThat(location(browser.get("/account"))).isEqualTo("/login");
        HttpResponse<String> afterPassword = browser.password(person);
        assertThat(afterPassword.statusCode()).isEqualTo(303);
        assertThat(location(afterPassword)).isEqualTo("/login/code");
        assertThat(location(browser.get("/account"))).as("not yet").isEqualTo("/login/code");
        HttpResponse<String> afterCode = browser.code(backbone.code(person, 0));
        assertThat(location(afterCode)).isEqualTo("/account");
        assertThat(browser.get("/account").body()).contains(person.name(), person.address(), person.number());
        assertThat(backbone.auditLog()).contains("\"act\":\"login.password\",\"outcome\":\"accepted\",\"who\":\"" + person.number(),
            "\"act\":\"login.code\",\"outcome\":\"accepted\",\"who\":\"" + person.number()).doesNotContain(person.password());
    }

    @Test
    void speaksVietnameseFirstAndEnglishOnRequest() {
        assertThat(browser.get("/login").body()).contains("<html lang=\"vi\"", "Đăng nhập");
        assertThat(browser.get("/login?lang=en").body()).contains("<html lang=\"en\"", "Sign in");
        assertThat(browser.get("/login").body()).as("remembered").contains("Sign in");
        assertThat(browser.get("/login?lang=xx").body()).contains("Sign in");
    }

    @Test
    void linksToNoOtherHostWhateverAddressWasAsked() {
        for (String path : new String[] {"//evil.example/login", "/login?a=%25zz&to=%2Foauth2%2Fauthorize", "/login;x=//evil.example", "/login?lang=en&lang=vi"}) {
            assertThat(browser.get(path).body()).as(path).contains("Ấn Tín").doesNotContain("//evil");
        }
    }

    @Test
    void refusesAWrongCodeAndAUsedOneInTheSameWords() {
        browser.password(person);
        String used = backbone.code(person, 0);
        HttpResponse<String> wrong = browser.code("000000");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Mã không đúng hoặc đã dùng");
        assertThat(browser.code(used).statusCode()).isEqualTo(303);
        TestBrowser another = new TestBrowser(backbone);
        another.password(person);
        HttpResponse<String> replayed = another.code(used);
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(blind(replayed.body())).isEqualTo(blind(wrong.body()));
        assertThat(backbone.auditLog()).contains("\"x-reason\":\"replayed\"");
    }

    @Test
    void acceptsTheCodeOfTheStepBeforeAndAfterAndNoOther() {
        browser.password(person);
        assertThat(browser.code(backbone.code(person, -2)).statusCode()).isEqualTo(401);
        assertThat(browser.code(backbone.code(person, 2)).statusCode()).isEqualTo(401);
        assertThat(browser.code(backbone.code(person, -1)).statusCode()).isEqualTo(303);
        TestBrowser another = new TestBrowser(backbone);
        another.password(person);
        assertThat(another.code(backbone.code(person, 1)).statusCode()).isEqualTo(303);
    }

    @Test
    void acceptsOneCodeOnceWhenFiftyConnectionsSendItAtOnce() throws Exception {
        browser.password(person);
        String token = TestBrowser.token(browser.get("/login/code").body());
        String code = backbone.code(person, 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Callable<Integer>> tries = IntStream.range(0, 50)
                .<Callable<Integer>>mapToObj(i -> () -> browser.postWithToken("/login/code", token, "code", code).statusCode()).toList();
            List<Integer> answers = threads.invokeAll(tries).stream().map(Future::resultNow).toList();
            long accepted = backbone.auditLog().lines().filter(line -> line.contains("login.code") && line.contains("\"accepted\"")
                && line.contains('"' + backbone.clock.instant().toString().substring(0, 10))).count();
            assertThat(accepted).as("%s", answers).isEqualTo(1);
        }
    }

    @Test
    void answersUnknownAndKnownNamesAlike() {
        HttpResponse<String> known = browser.post("/login", "/login", "login", person.address(), "password", "wrong");
        HttpResponse<String> unknown = new TestBrowser(backbone).post("/login", "/login", "login", "nobody@city.example", "password", "wrong");
        assertThat(known.statusCode()).isEqualTo(401).isEqualTo(unknown.statusCode());
        assertThat(blind(known.body()).replace(person.address(), "NAME")).isEqualTo(blind(unknown.body()).replace("nobody@city.example", "NAME"));
        assertThat(headers(known)).isEqualTo(headers(unknown));
        assertThat(known.body()).contains("Tên hoặc mật khẩu không đúng").doesNotContain("value=\"wrong\"");
    }

    @Test
    void slowsDownGuessingUnknownAndKnownNamesAlike() {
        browser.password(person); // from a network that is known from now on
        for (String name : new String[] {person.address(), "nobody-else@city.example"}) {
            for (int i = 0; i < (name.equals(person.address()) ? 4 : 2); i++) { // of the five that would lock, and strangers' half of it
                assertThat(browser.post("/login", "/login", "login", name, "password", "wrong").statusCode()).isEqualTo(401);
            }
            HttpResponse<String> throttled = browser.post("/login", "/login", "login", name, "password", person.password());
            assertThat(throttled.statusCode()).as("even the right one").isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
            assertThat(throttled.body()).contains("Đã thử quá nhiều lần");
        }
        backbone.clock.forward(Duration.ofMinutes(16));
        assertThat(browser.password(person).statusCode()).isEqualTo(303);
    }

    @Test
    void refusesAFormWithoutItsToken() {
        browser.get("/login");
        assertThat(browser.postWithToken("/login", "made-up", "login", person.address(), "password", person.password()).statusCode()).isEqualTo(403);
        browser.logIn(person);
        assertThat(browser.postWithToken("/account/app-passwords", "made-up", "name", "x", "scope", "imap").statusCode()).isEqualTo(403);
    }

    @Test
    void givesASessionANewIdAtEachStepAndCookiesThatStayHere() {
        browser.get("/login");
        assertThat(browser.cookie("__Host-session")).as("strangers cost no session").isEmpty();
        browser.password(person);
        String first = browser.cookie("__Host-session");
        browser.code(backbone.code(person, 0));
        assertThat(browser.cookie("__Host-session")).isNotEmpty().isNotEqualTo(first);
        assertThat(browser.cookies()).allMatch(HttpCookie::getSecure).allMatch(HttpCookie::isHttpOnly)
            .allMatch(cookie -> cookie.getName().startsWith("__Host-") && cookie.getPath().equals("/"));
    }

    @Test
    void endsASessionAfterAQuarterOfAnHourWithoutUseAndAfterEightHoursInAnyCase() {
        browser.logIn(person);
        backbone.clock.forward(Duration.ofHours(8).minusMinutes(2));
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        backbone.clock.forward(Duration.ofMinutes(3));
        assertThat(location(browser.get("/account"))).isEqualTo("/login");
        assertThat(JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("SELECT DISTINCT max_inactive_interval FROM spring_session WHERE principal_name = ?")
            .param(person.number()).query(Integer.class).list()).containsExactly(900);
    }

    @Test
    void forgetsThePasswordStepAfterFiveMinutes() {
        browser.password(person);
        backbone.clock.forward(Duration.ofMinutes(6));
        assertThat(location(browser.get("/login/code"))).isEqualTo("/login");
    }

    @Test
    void keepsSessionsOverARestart() {
        browser.logIn(person);
        backbone.stop();
        backbone.start();
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void logsOut() {
        browser.logIn(person);
        HttpResponse<String> out = browser.post("/account", "/logout");
        assertThat(location(out)).isEqualTo("/login?bye");
        assertThat(location(browser.get("/account"))).isEqualTo("/login");
    }

    @Test
    void allowsNoScriptNoFrameAndNoOtherHost() {
        HttpResponse<String> page = browser.get("/login");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
            policy -> assertThat(policy).startsWith("default-src 'none'").contains("frame-ancestors 'none'").doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(page.headers().firstValue("Server")).isEmpty();
        assertThat(page.body()).doesNotContain("<script", "style=", "http://");
    }

    @Test
    void tellsNoVersionEvenWhereTheServerRefusesByItself() {
        HttpResponse<String> answer = browser.get("/%2e%2e/");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Tomcat");
    }

    @Test
    void servesTheStyleForAYearUnderAnAddressOfItsContent() {
        String page = browser.get("/login").body();
        String address = page.replaceAll("(?s).*href=\"(/css/antin-[0-9a-f]+\\.css)\".*", "$1");
        HttpResponse<String> style = browser.get(address);
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("max-age=31536000"));
        assertThat(style.body()).contains("be-vietnam-pro-vietnamese-400-normal");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }

    /** A page without what differs each time. */
    private static String blind(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "TOKEN");
    }

    private static Map<String, List<String>> headers(HttpResponse<?> answer) {
        HttpHeaders headers = answer.headers();
        Map<String, List<String>> names = new TreeMap<>(headers.map());
        names.keySet().removeAll(List.of("date", "set-cookie", "content-length"));
        return names;
    }
}
