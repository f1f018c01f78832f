package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.otp.factor.Base32;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.vault.Vault;
import antin.web.ReaderTimes;
import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person's own second factors, on their pages: enrolled, used, removed; and the younger proof that those pages ask for. */
class FactorsTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();
    private static final String PAGE = "/account/factors";

    private final TestBrowser browser = new TestBrowser(BACKBONE);

    @BeforeEach
    void anotherDay() {
        BACKBONE.clock.forward(Duration.ofHours(49));
        BACKBONE.clock.toNextStep();
    }

    @Test
    void enrolsADeviceByItsCodeAndRemovesItAndKeepsTheLastOne() {
        TestPerson person = BACKBONE.directory.person("binh.tran");
        browser.logIn(person);
        int before = BACKBONE.letters(person.number()).size();
        String form = browser.get(PAGE + "/new?kind=totp").body();
        assertThat(form).contains("<svg", "viewBox=\"0 0 ", "name=\"code\"").doesNotContain("style=");
        String secret = secret(form);
        assertThat(secret(browser.get(PAGE + "/new?kind=totp").body())).as("after a reload").isEqualTo(secret);
        assertThat(browser.post(PAGE + "/new", PAGE + "/new", "kind", "totp", "name", "Máy bảng", "code", "000000").statusCode()).isEqualTo(422);
        String code = code(secret);
        assertThat(location(browser.post(PAGE + "/new", PAGE + "/new", "kind", "totp", "name", "Máy bảng", "code", code))).isEqualTo(PAGE + "?added");
        assertThat(browser.get(PAGE + "?added").body()).contains("Máy bảng", "Đã thêm");

        TestBrowser elsewhere = new TestBrowser(BACKBONE);
        elsewhere.password(person);
        assertThat(elsewhere.code(code).statusCode()).as("the code confirmed it, which was its use").isEqualTo(401);
        BACKBONE.clock.forward(Duration.ofSeconds(30));
        assertThat(elsewhere.code(code(secret)).statusCode()).isEqualTo(303);

        String remove = link(browser.get(PAGE).body(), "Máy bảng");
        assertThat(browser.get(remove).body()).contains("Máy bảng", "Không thể hoàn tác");
        assertThat(new TestBrowser(BACKBONE).logIn(BACKBONE.directory.person("cuong.le")).post(PAGE, remove).statusCode()).as("somebody else's").isEqualTo(404);
        assertThat(location(browser.post(PAGE, remove))).isEqualTo(PAGE + "?removed");
        assertThat(location(elsewhere.get("/account"))).as("other sessions end").isEqualTo("/login");
        String last = link(browser.get(PAGE).body(), "Sample");
        assertThat(browser.get(last).body()).contains("cách cuối cùng").doesNotContain("action=\"" + last);
        assertThat(browser.post(PAGE, last).statusCode()).isEqualTo(409);
        assertThat(BACKBONE.auditLog()).contains("\"act\":\"factor.added\"", "\"act\":\"factor.removed\"").doesNotContain(secret);
        assertThat(browser.get("/account/activity").body()).contains("Thêm cách xác thực", "Xóa cách xác thực", "Máy bảng");
        List<String> letters = BACKBONE.letters(person.number());
        letters = letters.subList(before, letters.size());
        assertThat(letters).as("one for each change that was made, none for what was refused").hasSize(2).noneMatch(letter -> letter.contains(secret) || letter.contains(code));
        assertThat(letters.getFirst()).startsWith("Đã thêm cách xác thực / Sign-in method added").contains("ứng dụng tạo mã \"Máy bảng\"", "authenticator app \"Máy bảng\"",
            "Từ địa chỉ: 127.0.0.1", new ReaderTimes().date(BACKBONE.clock.instant()), "tell your administrator");
        assertThat(letters.getFirst().indexOf("Nếu không phải")).as("Vietnamese first").isBetween(1, letters.getFirst().indexOf("If it was not"));
        assertThat(letters.getLast()).startsWith("Đã xóa cách xác thực / Sign-in method removed").contains("\"Máy bảng\"");
    }

    @Test
    void letsEachBackupCodeInOnce() {
        TestPerson person = BACKBONE.directory.person("binh.tran");
        browser.logIn(person);
        String page = browser.post(PAGE + "/backup-codes", PAGE + "/backup-codes").body();
        List<String> codes = Pattern.compile("<code>([a-z2-7]{5}-[a-z2-7]{5})</code>").matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(codes).hasSize(10);
        assertThat(BACKBONE.letters(person.number()).getLast()).startsWith("Đã thêm cách xác thực").contains("mã dự phòng", "backup codes (the former set is void)").doesNotContain(codes);
        assertThat(browser.get(PAGE + "/backup-codes").body()).doesNotContain(codes.getFirst());
        TestBrowser elsewhere = new TestBrowser(BACKBONE);
        elsewhere.password(person);
        assertThat(location(elsewhere.code(codes.getFirst()))).isEqualTo("/account");
        TestBrowser again = new TestBrowser(BACKBONE);
        again.password(person);
        assertThat(again.code(codes.getFirst()).statusCode()).isEqualTo(401);
        assertThat(BACKBONE.auditLog()).contains("\"act\":\"login.backup-code\",\"outcome\":\"accepted\"").doesNotContain(codes.getFirst());
    }

    @Test
    void asksForAYoungerProofAndLeadsBack() {
        TestPerson person = BACKBONE.directory.person("binh.tran");
        browser.logIn(person);
        assertThat(browser.get(PAGE).statusCode()).isEqualTo(200);
        BACKBONE.clock.forward(Duration.ofMinutes(11));
        assertThat(location(browser.get(PAGE))).isEqualTo("/login/again?to=%2Faccount%2Ffactors");
        assertThat(location(browser.postWithToken(PAGE + "/backup-codes", TestBrowser.token(browser.get("/account").body())))).startsWith("/login/again?to=");
        assertThat(browser.get("/account").statusCode()).as("other pages stay open").isEqualTo(200);
        String again = "/login/again?to=%2Faccount%2Ffactors";
        assertThat(browser.get(again).body()).contains("Xác nhận lại", "name=\"to\" value=\"/account/factors\"");
        assertThat(browser.post(again, "/login/again", "code", "000000", "to", PAGE).statusCode()).isEqualTo(401);
        assertThat(location(browser.post(again, "/login/again", "code", BACKBONE.code(person, 0), "to", PAGE))).isEqualTo(PAGE);
        assertThat(browser.get(PAGE).statusCode()).isEqualTo(200);
        assertThat(browser.get("/login/again?acr=urn:antin:acr:phishing-resistant").body()).contains("cần khóa truy cập").doesNotContain("name=\"code\"");
    }

    @Test
    void enrolsTheFirstDeviceByATicketAndOpensNothingElseBefore() {
        TestPerson person = BACKBONE.directory.person("huong.vu");
        EnrolmentTickets tickets = new EnrolmentTickets(JdbcClient.create(BACKBONE.postgres.getPostgresDatabase()), Vault.open(BACKBONE.home.resolve("secrets/backbone.key")), BACKBONE.clock);
        String ticket = tickets.issue(person.number());
        assertThat(location(browser.get("/login/enrol"))).as("after the password only").isEqualTo("/login");
        browser.password(person);
        assertThat(location(browser.get("/login/enrol/device"))).as("with the ticket only").isEqualTo("/login/code");
        assertThat(browser.post("/login/enrol", "/login/enrol", "ticket", "abcde-fghij").statusCode()).isEqualTo(401);
        assertThat(location(browser.post("/login/enrol", "/login/enrol", "ticket", ticket))).isEqualTo("/login/enrol/device");
        for (String page : List.of("/account", PAGE, "/login/again")) {
            assertThat(location(browser.get(page))).as(page).startsWith("/login/code");
        }
        String secret = secret(browser.get("/login/enrol/device").body());
        assertThat(browser.post("/login/enrol/device", "/login/enrol/device", "name", "Điện thoại", "code", "000000").statusCode()).isEqualTo(422);
        assertThat(location(browser.post("/login/enrol/device", "/login/enrol/device", "name", "Điện thoại", "code", code(secret)))).isEqualTo("/account");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        TestBrowser second = new TestBrowser(BACKBONE);
        second.password(person);
        assertThat(second.post("/login/enrol", "/login/enrol", "ticket", ticket).statusCode()).as("used").isEqualTo(401);
        assertThat(BACKBONE.letters(person.number()).getLast()).contains("authenticator app \"Điện thoại\" (with an enrolment code from an administrator)").doesNotContain(ticket, secret);
    }

    /** The ticket is used up with the device that it enrols, or not at all: whoever loses it asks two administrators again. */
    @Test
    void keepsTheTicketWhereTheDeviceCouldNotBeKeptAndLetsOneOfTwoAtOnceIn() throws Exception {
        TestPerson person = BACKBONE.directory.person("huong.vu");
        JdbcClient database = JdbcClient.create(BACKBONE.postgres.getPostgresDatabase());
        EnrolmentTickets tickets = new EnrolmentTickets(database, Vault.open(BACKBONE.home.resolve("secrets/backbone.key")), BACKBONE.clock);
        String ticket = tickets.issue(person.number());
        browser.password(person);
        browser.post("/login/enrol", "/login/enrol", "ticket", ticket);
        String page = browser.get("/login/enrol/device").body();
        int devices = devices(database, person);
        database.sql("ALTER TABLE notice RENAME TO notice_away").update(); // the last step fails
        try {
            assertThat(browser.postWithToken("/login/enrol/device", TestBrowser.token(page), "code", code(secret(page))).statusCode()).isEqualTo(500);
        } finally {
            database.sql("ALTER TABLE notice_away RENAME TO notice").update();
        }
        assertThat(tickets.admits(person.number(), ticket)).as("not burned").isTrue();
        assertThat(devices(database, person)).isEqualTo(devices);
        assertThat(secret(browser.get("/login/enrol/device").body())).as("the same picture").isEqualTo(secret(page));
        assertThat(browser.postWithToken("/login/enrol/device", TestBrowser.token(page), "code", "000000").statusCode()).isEqualTo(422);
        assertThat(tickets.admits(person.number(), ticket)).isTrue();

        TestBrowser other = new TestBrowser(BACKBONE);
        other.password(person);
        other.post("/login/enrol", "/login/enrol", "ticket", ticket);
        String otherToken = TestBrowser.token(other.get("/login/enrol/device").body());
        String code = code(secret(page));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<HttpResponse<String>> one = threads.submit(() -> browser.postWithToken("/login/enrol/device", TestBrowser.token(page), "code", code));
            Future<HttpResponse<String>> two = threads.submit(() -> other.postWithToken("/login/enrol/device", otherToken, "code", code));
            assertThat(List.of(one.get().statusCode(), two.get().statusCode())).containsExactlyInAnyOrder(303, 403);
        }
        assertThat(devices(database, person)).isEqualTo(devices + 1);
        assertThat(tickets.admits(person.number(), ticket)).isFalse();
    }

    private static int devices(JdbcClient database, TestPerson person) {
        return database.sql("SELECT count(*) FROM factor WHERE person = ?").param(person.number()).query(Integer.class).single();
    }

    @Test
    void showsWhereOneIsLoggedInAndEndsIt() {
        TestPerson person = BACKBONE.directory.person("binh.tran");
        TestBrowser elsewhere = new TestBrowser(BACKBONE).logIn(person);
        TestBrowser third = new TestBrowser(BACKBONE).logIn(person);
        browser.logIn(person);
        String page = browser.get("/account/sessions").body();
        assertThat(page).contains("phiên này", "127.0.0.1", "Java-http-client").doesNotContain(elsewhere.cookie("__Host-session"));
        Matcher place = Pattern.compile("name=\"place\" value=\"([0-9a-f]+)\"").matcher(page);
        assertThat(place.find()).isTrue();
        assertThat(location(browser.post("/account/sessions", "/account/sessions/end", "place", place.group(1)))).isEqualTo("/account/sessions?ended");
        assertThat(List.of(location(elsewhere.get("/account")), location(third.get("/account")))).as("one of the two").containsOnlyOnce("/login");
        browser.post("/account/sessions", "/account/sessions/end");
        assertThat(location(elsewhere.get("/account"))).isEqualTo("/login");
        assertThat(location(third.get("/account"))).isEqualTo("/login");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void showsEveryPageInBothLanguages() {
        browser.logIn(BACKBONE.directory.person("binh.tran"));
        for (String language : List.of("vi", "en")) {
            browser.get("/account?lang=" + language);
            for (String page : List.of("/account", PAGE, PAGE + "/new?kind=totp", PAGE + "/new?kind=hotp", PAGE + "/backup-codes", "/account/sessions", "/account/activity", "/login/again", "/account/app-passwords")) {
                HttpResponse<String> answer = browser.get(page);
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.body()).as(page).doesNotContain("??", "incident", "Mã sự cố").containsOnlyOnce("</html>");
            }
        }
    }

    private static String secret(String page) {
        Matcher secret = Pattern.compile("id=\"secret\"[^>]*>([A-Z2-7 ]+)<").matcher(page);
        assertThat(secret.find()).as(page).isTrue();
        return secret.group(1).replace(" ", "");
    }

    private static String link(String page, String name) {
        return page.substring(page.indexOf(name + "</th>")).replaceAll("(?s).*?href=\"(/account/factors/[0-9a-f-]+/remove)\".*", "$1");
    }

    private static String code(String secret) {
        try {
            return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(new SecretKeySpec(Base32.decode(secret), "RAW"), BACKBONE.clock.instant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }
}
