package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Person;
import antin.directory.Register;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.directory.password.PasswordPolicy;
import antin.otp.login.PasswordAge;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's own password: changed on its page, and demanded before anything else. The people are nobody else's in these tests, since a former password does not come again. */
class PasswordTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();
    private static final LdapDirectory DIRECTORY = LdapDirectory.connect(BACKBONE.directory.settings(), BACKBONE.directory.backbone());
    private static final Register REGISTER = DIRECTORY.register();
    private static int made;

    private final TestBrowser browser = new TestBrowser(BACKBONE);

    @BeforeEach
    void anotherDay() {
        BACKBONE.clock.forward(Duration.ofHours(49));
        BACKBONE.clock.toNextStep();
    }

    @AfterAll
    static void close() {
        DIRECTORY.close();
    }

    @Test
    void changesItEndsOtherSessionsAndTellsTheAuditLog() {
        TestPerson person = person("thuy.mai");
        TestBrowser elsewhere = new TestBrowser(BACKBONE).logIn(person);
        browser.logIn(person);
        String wanted = next();
        HttpResponse<String> answer = change(person.password(), wanted, wanted);
        assertThat(location(answer)).isEqualTo("/account?changed");
        BACKBONE.directory.changed(person.number(), wanted);
        assertThat(browser.get("/account?changed").body()).contains("Đã đổi mật khẩu");
        assertThat(location(elsewhere.get("/account"))).isEqualTo("/login");
        assertThat(new TestBrowser(BACKBONE).password(person).statusCode()).as("the old one").isEqualTo(401);
        assertThat(new TestBrowser(BACKBONE).password(person("thuy.mai")).statusCode()).isEqualTo(303);
        assertThat(BACKBONE.auditLog()).contains("\"act\":\"password.change\",\"outcome\":\"done\",\"who\":\"" + person.number())
            .doesNotContain(wanted).doesNotContain(person.password());
    }

    @Test
    void saysAtTheFieldWhatIsWrong() {
        TestPerson person = person("thuy.mai");
        browser.logIn(person);
        assertRefused(change(person.password(), "khoai", "khoai"), "wanted", "cần ít nhất 8 ký tự");
        assertRefused(change(person.password(), "khoai-mon-nuong", "khoai-mon-hap"), "again", "không giống nhau");
        assertRefused(change(person.password(), "ThuThủy-khoai", "ThuThủy-khoai"), "wanted", "chứa tên");
        assertRefused(change(person.password(), "khoai\tmon-nuong", "khoai\tmon-nuong"), "wanted", "không nhìn thấy");
        assertRefused(change(person.password(), person.password(), person.password()), "wanted", "đã được dùng");
        assertRefused(change("wrong", "khoai-mon-nuong", "khoai-mon-nuong"), "present", "Mật khẩu hiện tại không đúng");
        browser.get("/account/password?lang=en");
        HttpResponse<String> english = change(person.password(), "khoai", "khoai");
        assertRefused(english, "wanted", "8 characters at least");
        assertThat(english.body()).doesNotContain(person.password());
        assertThat(browser.postWithToken("/account/password", "made-up", "present", person.password(), "wanted", next(), "again", next()).statusCode()).isEqualTo(403);
        assertThat(new TestBrowser(BACKBONE).password(person).statusCode()).as("it is still the old one").isEqualTo(303);
    }

    @Test
    void opensToBothFactorsOnly() {
        assertThat(location(browser.get("/account/password"))).isEqualTo("/login");
        browser.password(person("thuy.mai"));
        assertThat(location(browser.get("/account/password"))).isEqualTo("/login/code");
    }

    @Test
    void leadsWhoseSetByAnAdministratorToAnotherPasswordBeforeAnythingElse() {
        TestPerson given = person("son.dinh");
        String temporary = next();
        REGISTER.setTemporaryPassword(given.number(), temporary);
        BACKBONE.directory.changed(given.number(), temporary);
        TestPerson person = person("son.dinh");
        browser.password(person);
        assertThat(location(browser.code(BACKBONE.code(person, 0)))).isEqualTo("/account/password");
        assertThat(browser.get("/account/password").body()).contains("Hãy chọn mật khẩu mới để tiếp tục", "Từ 14 ký tự trở lên");
        for (String page : new String[] {"/account", "/login", "/login/code", "/login/continue"}) {
            assertThat(location(browser.get(page))).as(page).isEqualTo("/account/password");
        }
        assertThat(browser.postWithToken("/account/app-passwords", TestBrowser.token(browser.get("/account/password").body()), "name", "x", "scope", "imap").body()).doesNotContain("secret");
        String authorize = "/oauth2/authorize?response_type=code&client_id=sample-web&redirect_uri=http%3A%2F%2F127.0.0.1%3A53682%2Fcallback&scope=openid&state=s1"
            + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        HttpResponse<String> noCode = browser.get(authorize);
        assertThat(location(noCode)).startsWith("/account/password?to=").doesNotContain("code%3D");
        String wanted = next();
        HttpResponse<String> answer = browser.post("/account/password", "/account/password", "present", temporary, "wanted", wanted, "again", wanted, "to", authorize);
        assertThat(location(answer)).startsWith("/login/continue?to=");
        BACKBONE.directory.changed(given.number(), wanted);
        assertThat(location(browser.get(authorize))).startsWith("http://127.0.0.1:53682/callback?code=");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        assertThat(REGISTER.passwordState(given.number()).temporary()).isFalse();
    }

    @Test
    void asksAdministratorsForAnotherAfterTwoMonthsAndNobodyElse() {
        Person administrator = DIRECTORY.person(person("phuc.duong").number()).orElseThrow();
        Person staff = DIRECTORY.person(person("thuy.mai").number()).orElseThrow();
        String wanted = next();
        REGISTER.setPassword(administrator.number(), wanted);
        BACKBONE.directory.changed(administrator.number(), wanted);
        assertThat(age(Duration.ofDays(59)).mustChange(administrator)).isFalse();
        assertThat(age(Duration.ofDays(61)).mustChange(administrator)).isTrue();
        assertThat(age(Duration.ofDays(1_000)).mustChange(staff)).isFalse();
    }

    private static PasswordAge age(Duration later) {
        return new PasswordAge(REGISTER, PasswordPolicy.LEVEL_3, Clock.offset(Clock.systemUTC(), later));
    }

    private HttpResponse<String> change(String present, String wanted, String again) {
        return browser.post("/account/password", "/account/password", "present", present, "wanted", wanted, "again", again);
    }

    private static void assertRefused(HttpResponse<String> answer, String field, String words) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).containsPattern("(?s)id=\"" + field + "-error\">[^<]*" + words);
    }

    private static TestPerson person(String local) {
        return BACKBONE.directory.person(local);
    }

    private static String next() {
        return "Khoai-mon-nuong-" + ++made;
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }
}
