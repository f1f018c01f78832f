package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.Role;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator's reset of somebody's factors, with the second one that it takes. On a directory of its own, since factors go. */
class ApprovalsTest {

    private static final String MANH = "/admin/people/100009/access";

    private static TestBackbone backbone;
    private static LdapDirectory raw;
    private static Register register;

    @BeforeAll
    static void start() throws IOException {
        backbone = TestBackbone.alone();
        raw = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
        register = raw.register();
    }

    @AfterAll
    static void stop() {
        raw.close();
        backbone.close();
        backbone.directory.close();
    }

    @Test
    void aResetTakesTwoAdministratorsAndGivesATicketOnce() throws Exception {
        TestPerson manh = backbone.directory.person("manh.do");
        TestBrowser owner = as("manh.do");
        TestBrowser lan = as("lan.bui");
        TestBrowser cuong = as("cuong.le");
        String asked = ask(lan, MANH);
        assertThat(lan.get(asked).body()).contains("Đang chờ").doesNotContain("/give");
        assertThat(lan.post("/account", asked + "/give").statusCode()).as("not the requester").isEqualTo(403);
        assertThat(lan.post("/account", asked + "/carry-out").statusCode()).as("not yet given").isEqualTo(409);
        assertThat(as("phuc.duong").get(asked).statusCode()).as("has no right over the person, who stands higher").isEqualTo(404);
        assertThat(owner.post("/account", asked + "/give").statusCode()).as("nobody's administrator").isEqualTo(403);
        assertThat(cuong.get("/approvals").body()).contains(asked, "Đỗ Hữu Mạnh", "Bùi Thị Ngọc Lan");
        assertThat(cuong.get(asked).body()).contains("Mất điện thoại", "/give");

        List<Integer> given = atOnce(() -> cuong.post("/account", asked + "/give").statusCode());
        assertThat(given).as("exactly one of two at once").containsExactlyInAnyOrder(303, 409);
        assertThat(cuong.post("/account", asked + "/carry-out").statusCode()).as("only the requester carries it out").isEqualTo(404);
        assertThat(reset(lan, "100009")).as("whoever gets the ticket does not set the password").isEqualTo(403);
        assertThat(reset(cuong, "100009")).as("nor does whoever allowed it").isEqualTo(403);

        String token = TestBrowser.token(lan.get(asked).body());
        List<HttpResponse<String>> done = atOnce(() -> lan.postWithToken(asked + "/carry-out", token));
        assertThat(done).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 409);
        String page = done.stream().filter(answer -> answer.statusCode() == 200).findFirst().orElseThrow().body();
        assertThat(page).containsPattern("id=\"enrolment-ticket\"[^>]*>[a-z2-7-]{20,}<");
        assertThat(owner.get("/account").statusCode()).as("the session is over").isEqualTo(302);
        assertThat(backbone.letters(manh.number())).as("the owner is told, once").hasSize(1).first().asString().startsWith("Cách xác thực đã được đặt lại / Sign-in methods reset")
            .contains("quản trị viên", "by administrators").doesNotContain(page.replaceAll("(?s).*id=\"enrolment-ticket\"[^>]*>([a-z2-7-]+)<.*", "$1"));
        assertThat(lan.get(MANH).body()).contains("Chưa có thiết bị nào.", "Chưa có mật khẩu ứng dụng nào.");
        assertThat(new TestBrowser(backbone).password(manh).statusCode()).isEqualTo(303);
        assertThat(database().sql("SELECT count(*) FROM ended_login WHERE person = '100009' AND credential IS NULL").query(Integer.class).single()).isPositive();
        assertThat(backbone.auditLog()).contains("\"act\":\"approval.asked\"", "\"act\":\"approval.given\"", "\"act\":\"approval.used\"", "\"act\":\"factor.reset\"")
            .doesNotContain(page.replaceAll("(?s).*id=\"enrolment-ticket\"[^>]*>([a-z2-7-]+)<.*", "$1"));
    }

    @Test
    void whoeverSetThePasswordHasNoPartInTheReset() {
        TestBrowser lan = as("lan.bui");
        assertThat(reset(lan, "100012")).isEqualTo(200);
        assertThat(lan.post("/admin/people/100012/access/reset", "/admin/people/100012/access/reset", "reason", "x").statusCode()).isEqualTo(403);
        String asked = ask(as("cuong.le"), "/admin/people/100012/access");
        assertThat(lan.post("/account", asked + "/give").statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyWhomTheRequesterMadeOrGaveARoleDecidesEvenWhenTheHistoryWasWashed() {
        PersonEntry son = register.person("100013").orElseThrow();
        TestBrowser cuong = as("cuong.le");
        HttpResponse<String> page = cuong.get("/admin/people/100013/roles");
        String revision = page.body().replaceAll("(?s).*name=\"revision\" value=\"([0-9]+)\".*", "$1");
        assertThat(cuong.post("/admin/people/100013/roles", "/admin/people/100013/roles", "revision", revision, "role", "city-administrator").statusCode()).isEqualTo(303);
        String asked = ask(cuong, "/admin/people/100005/access");
        TestBrowser puppet = as("son.dinh");
        assertThat(puppet.get(asked).statusCode()).as("now an administrator of the city").isEqualTo(404);
        assertThat(puppet.post("/account", asked + "/give").statusCode()).isEqualTo(403);
        PersonEntry now = register.person("100013").orElseThrow();
        PersonEntry washed = register.change(now, now.withHistory(List.of()));
        assertThat(puppet.post("/account", asked + "/give").statusCode()).isEqualTo(403);
        register.change(washed, washed.withRoles(Set.of(Role.COMMUNE_ADMINISTRATOR)).withHistory(son.history()));
    }

    @Test
    void isTooOldAfterADay() {
        String asked = ask(as("lan.bui"), "/admin/people/100011/access");
        backbone.clock.forward(Duration.ofHours(25));
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.post("/account", asked + "/give").statusCode()).isEqualTo(409);
    }

    @Test
    void showsHowAPersonLogsInToTheirAdministratorsOnlyAndEndsIt() {
        TestBrowser owner = as("duc.hoang");
        TestBrowser cuong = as("cuong.le");
        String page = "/admin/people/100005/access";
        assertThat(cuong.get(page).body()).contains("TOTP", "Sample", "IMAP").doesNotContain(backbone.appPassword(backbone.directory.person("duc.hoang")), "??");
        assertThat(as("duong.pham").get(page).body()).as("an auditor looks and changes nothing").contains("TOTP").doesNotContain("<form action=\"" + page);
        assertThat(as("duong.pham").post("/account", page + "/sessions/end").statusCode()).isEqualTo(403);
        assertThat(as("lan.bui").get(page).statusCode()).isEqualTo(403);
        assertThat(as("huong.vu").get(page).statusCode()).isEqualTo(403);
        assertThat(cuong.post(page, page + "/sessions/end").statusCode()).isEqualTo(303);
        assertThat(owner.get("/account").statusCode()).isEqualTo(302);
        assertThat(cuong.post(page, page + "/app-passwords/revoke").statusCode()).isEqualTo(303);
        assertThat(cuong.get(page + "?done=revoked").body()).contains("Chưa có mật khẩu ứng dụng nào.", "Đã thu hồi");
    }

    @Test
    void anotherProcessUsesUpNothingThatIsNotItsOwn() throws Exception {
        assertThat(consume("antin:signing-service", "00000000-0000-4000-8000-000000000001", "{\"act\":\"factor-reset\"}")).isEqualTo(403);
        assertThat(consume("antin:signing-service", "00000000-0000-4000-8000-000000000001", "{\"act\":\"unknown\"}")).isEqualTo(400);
        assertThat(consume("antin:signing-service", "x", "{}")).isEqualTo(404);
    }

    @Test
    void aProcessUsesUpWhatIsItsOwnOnceAndNobodyElseDoes() throws Exception {
        TestBrowser lan = as("lan.bui");
        String form = "/admin/people/100009/handover";
        assertThat(lan.get("/admin/people/100009").body()).contains(form);
        assertThat(lan.post(form, form, "key", "Khóa sở", "reason", "").body()).contains("key-error", "reason-error").doesNotContain("??");
        String page = lan.post(form, form, "key", "so-noi-vu", "reason", "Quyết định 12/QĐ-UBND").headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+", "");
        String id = page.substring("/approvals/".length());
        String handover = handover("100009", "so-noi-vu");
        assertThat(consume("antin:signing-service", id, handover)).as("not yet given").isEqualTo(409);
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.get(page).body()).contains("Bàn giao thiết bị", "so-noi-vu", "văn bản cho phép", "/give").doesNotContain("??");
        assertThat(cuong.post("/account", page + "/give").statusCode()).isEqualTo(303);
        assertThat(cuong.post("/account", page + "/carry-out").statusCode()).as("no page carries it out").isEqualTo(404);
        assertThat(consume("antin:mail-server", id, handover)).as("another's").isEqualTo(403);
        assertThat(consume("antin:launcher", id, handover)).as("no peer of this door").isEqualTo(403);
        assertThat(consume("antin:signing-service", id, "{\"act\":\"factor-reset\"}")).as("for another act").isEqualTo(403);
        assertThat(consume("antin:signing-service", id, "{\"act\":\"agency-key-handover\"}")).as("for whom and which").isEqualTo(400);
        assertThat(consume("antin:signing-service", id, handover("100009", "another-key"))).as("another key").isEqualTo(409);
        assertThat(consume("antin:signing-service", id, handover("100005", "so-noi-vu"))).as("another person").isEqualTo(409);
        assertThat(consume("antin:signing-service", id, handover)).isEqualTo(200);
        assertThat(consume("antin:signing-service", id, handover)).as("used").isEqualTo(409);
        assertThat(backbone.auditLog()).containsPattern("\"act\":\"approval.used\",\"outcome\":\"done\"[^\n]*antin:signing-service");
    }

    private static String handover(String receiver, String key) {
        return "{\"act\":\"agency-key-handover\",\"beneficiary\":\"" + receiver + "\",\"about\":\"" + key + "\"}";
    }

    private int consume(String peer, String id, String body) throws Exception {
        InternalIdentity identity = backbone.directory.issue(peer.substring(6) + "-t", "CN=" + peer.substring(6), peer);
        HttpClient client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build();
        return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/approvals/" + id + "/consume"))
            .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).statusCode();
    }

    private static String ask(TestBrowser browser, String access) {
        HttpResponse<String> answer = browser.post(access + "/reset", access + "/reset", "reason", "Mất điện thoại");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+", "");
    }

    private static int reset(TestBrowser browser, String number) {
        return browser.post("/account", "/admin/people/" + number + "/password").statusCode();
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<T>> both = threads.invokeAll(List.of(work, work));
            return Stream.of(both.get(0).get(), both.get(1).get()).toList();
        }
    }

    private static JdbcClient database() {
        return JdbcClient.create(backbone.postgres.getPostgresDatabase());
    }

    private static TestBrowser as(String who) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(who));
    }
}
