package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On a directory of its own, since people stay in it. */
class AdminPagesTest {

    /** A form as somebody sends it who was never shown it. */
    private record Sent(String path, String... fields) {
    }

    private static final String DUC = "/admin/people/100005";
    private static final String UNIT = "/admin/units/so-noi-vu";
    /** Stands for the revision that the person has when the form is sent, since a guess must not be what it fails for. */
    private static final String NOW = "now";
    private static final List<Sent> FORMS = List.of(
        new Sent(DUC + "/edit", "revision", NOW, "name", "Ai Đó", "mail", "duc.hoang@city.example", "language", "vi"),
        new Sent(DUC + "/transfer", "revision", NOW, "unit", "phuong-tan-an", "title", ""), new Sent(DUC + "/roles", "revision", NOW, "role", "city-administrator"),
        new Sent(DUC + "/positions", "revision", NOW, "unit", "so-tai-chinh", "title", "Trưởng ban"),
        new Sent(DUC + "/positions/end", "revision", NOW, "position", "so-tai-chinh///Ủy viên", "last", "2026-01-01"), new Sent(DUC + "/password"),
        new Sent(DUC + "/disable", "revision", NOW), new Sent(DUC + "/enable", "revision", NOW),
        new Sent("/admin/people/new", "unit", "so-noi-vu", "name", "Kẻ Lạ", "mail", "ke.la@city.example", "language", "vi"),
        new Sent(UNIT + "/edit", "revision", "0", "name", "Sở Khác"), new Sent(UNIT + "/head", "revision", "0", "head", "100005"),
        new Sent(UNIT + "/new", "id", "phong-la", "name", "Phòng Lạ", "level", "city"), new Sent(UNIT + "/move", "revision", "0", "parent", "phuong-tan-an", "level", "commune"),
        new Sent(UNIT + "/close", "revision", "0"), new Sent("/admin/groups/new", "id", "nhom-la", "unit", "so-noi-vu", "name", "Nhóm Lạ", "kind", "of-unit", "rule", "so-noi-vu"),
        new Sent("/admin/groups/nhom-mau/edit", "revision", "1", "name", "Nhóm Khác", "kind", "of-unit", "rule", "so-noi-vu"), new Sent("/admin/groups/nhom-mau/remove", "revision", "1"),
        new Sent("/admin/mailboxes/new", "id", "thu-la", "unit", "so-noi-vu", "name", "Thư Lạ", "mail", "thu.la@city.example"),
        new Sent("/admin/mailboxes/thu-mau/edit", "revision", "1", "name", "Thư Khác", "mail", "thu.mau@city.example", "active", "true"),
        new Sent("/admin/mailboxes/thu-mau/remove", "revision", "1"));

    private static TestBackbone backbone;
    private static LdapDirectory raw;
    private static Register register;

    @BeforeAll
    static void start() throws IOException {
        backbone = TestBackbone.alone();
        raw = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
        register = raw.register();
        TestBrowser browser = as("cuong.le");
        done(browser.post("/admin/groups/new", "/admin/groups/new", "id", "nhom-mau", "unit", "so-noi-vu", "name", "Nhóm mẫu", "kind", "fixed", "members", "100005"));
        done(browser.post("/admin/mailboxes/new", "/admin/mailboxes/new", "id", "thu-mau", "unit", "so-noi-vu", "name", "Thư mẫu", "mail", "thu.mau@city.example",
            "may-read", "duc.hoang@city.example\ngroup:nhom-mau", "may-send", "Hoàng Minh Đức"));
        done(browser.post(DUC + "/positions", DUC + "/positions", "revision", revision(browser, DUC + "/positions"), "unit", "so-tai-chinh", "title", "Ủy viên"));
    }

    private static String[] fields(Sent form) {
        long revision = register.person("100005").orElseThrow().revision();
        return Arrays.stream(form.fields()).map(field -> field.equals(NOW) ? Long.toString(revision) : field).toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        raw.close();
        backbone.close();
        backbone.directory.close();
    }

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huong.vu", "duc.hoang", "duong.pham", "lan.bui", "phuc.duong"})
    void refusesEveryFormOfWhoMayNotAndChangesNothing(String who) {
        TestBrowser browser = as(who);
        List<Object> before = everything();
        for (Sent form : FORMS) {
            HttpResponse<String> answer = browser.post("/account", form.path(), fields(form));
            assertThat(answer.statusCode()).as(who + " at " + form.path()).isIn(Set.of(403, 404));
        }
        assertThat(browser.post("/account", "/admin/export/people", "unit", "so-noi-vu").statusCode()).as("an auditor reads all").isEqualTo(who.equals("duong.pham") ? 200 : 403);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void refusesWhatEvenAnAdministratorOfTheCityMayNotDoToThemselves() {
        TestBrowser browser = as("cuong.le");
        List<Object> before = everything();
        for (Sent form : List.of(new Sent("/admin/people/100003/roles", "revision", "0", "role", "auditor"), new Sent("/admin/people/100003/disable", "revision", "0"),
            new Sent("/admin/people/100003/password"), new Sent("/admin/units/ubnd-tp/close", "revision", "0"),
            new Sent("/admin/units/ubnd-tp/move", "revision", "0", "parent", "so-noi-vu", "level", "city"))) {
            assertThat(browser.post("/account", form.path(), form.fields()).statusCode()).as(form.path()).isEqualTo(403);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/search?q=an", "/admin/people/100005", "/admin/people/100005/photo", "/admin/units/so-noi-vu", "/admin/groups", "/admin/mailboxes", "/admin/export", "/admin/people/new"})
    void isClosedToEverybodyElse(String page) {
        assertThat(as("huong.vu").get(page).statusCode()).isEqualTo(403);
        assertThat(new TestBrowser(backbone).get(page).headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
    }

    @Test
    void showsTheTreeWithCountsAndHidesNothingBehindAScript() {
        HttpResponse<String> tree = as("cuong.le").get("/admin");
        assertThat(tree.body()).contains("Ủy ban nhân dân thành phố", "người kể cả cấp dưới", "<details", "Ủy ban nhân dân phường Tân An").doesNotContain("<script", "??");
        assertThat(tree.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nguyen van an", "an.nguyen", "An Nguyễn Văn", "100001", "an.nguyen@city.example"})
    void findsAPersonAsTheyAreTyped(String typed) {
        assertThat(as("cuong.le").get("/admin/search?" + TestBrowser.form("q", typed)).body()).contains(">Nguyễn Văn An</a>");
    }

    @Test
    void createsAPersonAndTellsEachChangeInItsHistory() {
        TestBrowser browser = as("cuong.le");
        String person = create(browser, "Trần Văn Mới", "moi.tran@city.example");
        assertThat(browser.get(person).body()).contains("Trần Văn Mới", "Tạo mới", "Lê Quốc Cường");
        HttpResponse<String> changed = edit(browser, person, "name", "Trần Văn Mới", "mail", "moi.tran@city.example", "title", "Chuyên viên chính", "phone", "028 3829 1234", "language", "vi");
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(browser.get(person + "?done=changed").body()).contains("Đã lưu.", "Chuyên viên chính", "Chức vụ");
        String number = person.substring(person.lastIndexOf('/') + 1);
        assertThat(register.person(number)).hasValueSatisfying(entry -> assertThat(entry).extracting(PersonEntry::family, PersonEntry::given, PersonEntry::unit)
            .containsExactly("Trần", "Mới", "so-noi-vu"));
        HttpResponse<String> password = browser.post(person + "/password", person + "/password");
        assertThat(password.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        String secret = password.body().replaceAll("(?s).*id=\"temporary-password\"[^>]*>([^<]+)<.*", "$1");
        assertThat(raw.authenticate(number, secret)).as("the shown password opens").isPresent();
        assertThat(browser.get(person).body()).doesNotContain(secret);
        assertThat(backbone.auditLog()).contains("directory.person.password").doesNotContain(secret);
        assertThat(browser.post(person + "/disable", person + "/disable", "revision", revision(browser, person + "/disable")).statusCode()).isEqualTo(303);
        assertThat(register.person(number)).hasValueSatisfying(entry -> assertThat(entry.active()).isFalse());
    }

    @Test
    void saysBesideTheFieldWhyItRefuses() {
        TestBrowser browser = as("cuong.le");
        HttpResponse<String> answer = browser.post("/admin/people/new", "/admin/people/new", "unit", "so-noi-vu", "name", "Người Trùng", "mail", "an.nguyen@city.example", "language", "vi");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Đã có người khác dùng.", "aria-describedby=\"mail-hint mail-error\"", "value=\"Người Trùng\"");
        assertThat(browser.post("/admin/people/new", "/admin/people/new", "unit", "khong-co", "name", "Người Lạc", "mail", "lac@city.example", "language", "vi").body()).contains("Không có đơn vị này.");
        assertThat(browser.post("/admin/people/new", "/admin/people/new", "unit", "so-noi-vu", "name", "Ẩn\u200bDanh", "mail", "danh@city.example", "language", "vi").body())
            .contains("Có ký tự không nhìn thấy được.");
        HttpResponse<String> dates = browser.post(DUC + "/positions", DUC + "/positions", "revision", revision(browser, DUC + "/positions"), "unit", "so-tai-chinh", "title", "Ủy viên",
            "from", "2026-02-01", "to", "2026-01-01");
        assertThat(dates.statusCode()).isEqualTo(422);
        assertThat(dates.body()).contains("Kết thúc trước khi bắt đầu.");
    }

    @Test
    void showsWhatSomebodyElseWroteMeanwhileBesideWhatWasTyped() {
        TestBrowser browser = as("cuong.le");
        String person = create(browser, "Lê Thị Chung", "chung.le@city.example");
        String stale = revision(browser, person + "/edit");
        assertThat(edit(browser, person, "name", "Lê Thị Chung", "mail", "chung.le@city.example", "title", "Văn thư", "language", "vi").statusCode()).isEqualTo(303);
        HttpResponse<String> late = browser.post("/account", person + "/edit", "revision", stale, "name", "Lê Thị Chung", "mail", "chung.le@city.example", "title", "Thủ quỹ", "language", "vi");
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("Người khác vừa thay đổi", "value=\"Thủ quỹ\"", "<strong>Văn thư</strong>");
        String again = late.body().replaceAll("(?s).*name=\"revision\" value=\"([0-9]+)\".*", "$1");
        assertThat(browser.post("/account", person + "/edit", "revision", again, "name", "Lê Thị Chung", "mail", "chung.le@city.example", "title", "Thủ quỹ", "language", "vi").statusCode())
            .as("knowing it, they may").isEqualTo(303);
    }

    @Test
    void showsMarkupInNamesAsText() {
        TestBrowser browser = as("cuong.le");
        String person = create(browser, "<img src=x onerror=alert(1)> & \"An\"", "markup@city.example");
        for (String page : List.of(person, person + "/edit", "/admin/search?q=markup", UNIT)) {
            assertThat(browser.get(page).body()).as(page).contains("&lt;img src=x").doesNotContain("<img src=x");
        }
    }

    @Test
    void survivesNamesAndFieldsThatNobodyHonestSends() {
        TestBrowser browser = as("cuong.le");
        for (String path : List.of("/admin/people/x", "/admin/people/*", "/admin/people/100001%29%28uid=*", "/admin/units/%2A", "/admin/groups/a%00b", "/admin/mailboxes/%2e%2e%2f", "/admin?unit=khong-co",
            "/admin/people/" + "9".repeat(500))) {
            assertThat(browser.get(path).statusCode()).as(path).isIn(Set.of(400, 404));
        }
        assertThat(browser.get("/admin/search?" + TestBrowser.form("q", "an)(description=p*")).body()).contains("Không tìm thấy ai");
        assertThat(browser.get("/admin/search?q=an&page=99999999999").statusCode()).isEqualTo(200);
        assertThat(browser.post(DUC + "/edit", DUC + "/edit", "revision", "many", "name", "x").statusCode()).isEqualTo(400);
        HttpResponse<String> huge = browser.post("/admin/people/new", "/admin/people/new", "unit", "so-noi-vu", "name", "A".repeat(20_000), "mail", "a@city.example", "language", "vi");
        assertThat(huge.statusCode()).isEqualTo(422);
        assertThat(huge.body()).contains("Dài quá.");
        assertThat(browser.post("/account", "/admin/people/new", "name", "A".repeat(200_000)).statusCode()).isBetween(400, 499);
        assertThat(browser.post("/account", UNIT + "/head", "revision", revision(browser, UNIT + "/head"), "head", "Nguyễn").statusCode()).isEqualTo(422);
    }

    @Test
    void speaksEnglishOnRequest() {
        assertThat(as("cuong.le").get("/admin/units/so-noi-vu?lang=en").body()).contains("<html lang=\"en\"", "Add a person", "Department").doesNotContain("??");
    }

    @Test
    void endsTheSessionOfAnAdministratorAfterFiveMinutesWithoutUse() {
        TestBrowser browser = as("cuong.le");
        assertThat(browser.get("/admin").statusCode()).isEqualTo(200);
        assertThat(JdbcClient.create(backbone.postgres.getPostgresDatabase())
            .sql("SELECT DISTINCT max_inactive_interval FROM spring_session WHERE principal_name = '100003'").query(Integer.class).list()).containsExactly(300);
    }

    private static String create(TestBrowser browser, String name, String address) {
        HttpResponse<String> answer = browser.post("/admin/people/new?unit=so-noi-vu", "/admin/people/new", "unit", "Sở Nội vụ", "name", name, "mail", address, "language", "vi");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https://localhost:\\d+", "").replaceFirst("\\?.*", "");
    }

    private static HttpResponse<String> edit(TestBrowser browser, String person, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("revision", revision(browser, person + "/edit")));
        return browser.post(person + "/edit", person + "/edit", all.toArray(String[]::new));
    }

    private static String revision(TestBrowser browser, String page) {
        return browser.get(page).body().replaceAll("(?s).*?name=\"revision\" value=\"([0-9]+)\".*", "$1");
    }

    private static TestBrowser as(String who) {
        TestPerson person = backbone.directory.person(who);
        return new TestBrowser(backbone).logIn(person);
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private static List<Object> everything() {
        List<PersonEntry> people = new ArrayList<>();
        register.people(people::add);
        people.sort(Comparator.comparing(PersonEntry::number));
        List<Object> all = new ArrayList<>(people);
        all.addAll(register.units());
        all.addAll(register.groups());
        all.addAll(register.mailboxes());
        return all;
    }
}
