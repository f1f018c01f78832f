package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Programs that stay logged in with tokens, as their owner and an administrator see and end them. */
class ConnectedApplicationsTest {

    private static final String PAGE = "/account/sessions";
    private static final String MAIL = "openid offline_access mail.imap mail.smtp";

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestClient client = TestClient.mail(backbone);
    private final TestPerson person = backbone.directory.person("duc.hoang");
    private final JdbcClient database = JdbcClient.create(backbone.postgres.getPostgresDatabase());

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
        database.sql("DELETE FROM oauth2_authorization WHERE principal_name = ?").param(person.number()).update();
    }

    @Test
    void areShownToTheirOwnerAndEndedOneByOne() {
        TestBrowser browser = new TestBrowser(backbone).logIn(person);
        assertThat(browser.get(PAGE).body()).contains("Ứng dụng đã kết nối", "Chưa có ứng dụng nào").doesNotContain("??");
        JsonNode phone = client.tokens(browser, MAIL);
        String first = family();
        backbone.clock.forward(Duration.ofSeconds(5));
        JsonNode computer = client.tokens(browser, "openid offline_access mail.imap");
        String second = family();
        String page = browser.get(PAGE).body();
        assertThat(page).contains("Chương trình thư", "Đọc và sắp xếp thư của bạn", "Gửi thư dưới tên bạn", "127.0.0.1", end(first), end(second)).doesNotContain("??");

        TestBrowser stranger = new TestBrowser(backbone).logIn(backbone.directory.person("quynh.ly"));
        assertThat(stranger.get(PAGE).body()).doesNotContain(first, second);
        assertThat(stranger.post(PAGE, end(first)).statusCode()).as("nobody else's").isEqualTo(404);
        assertThat(browser.post(PAGE, end(first)).statusCode()).isEqualTo(303);
        assertThat(browser.post(PAGE, end(first)).statusCode()).as("ended").isEqualTo(404);
        assertThat(client.refresh(phone.get("refresh_token").asString()).body()).contains("invalid_grant");
        assertThat(client.refresh(computer.get("refresh_token").asString()).statusCode()).as("the other one goes on").isEqualTo(200);
        assertThat(browser.get(PAGE + "?ended").body()).contains(end(second)).doesNotContain(first);
        assertThat(database.sql("SELECT count(*) FROM ended_login WHERE person = ? AND credential = CAST(? AS uuid)").params(person.number(), first).query(Integer.class).single())
            .as("mail-server closes its connections").isEqualTo(1);
    }

    @Test
    void areShownNoMoreWhenTheirTimeIsOver() {
        TestBrowser browser = new TestBrowser(backbone).logIn(person);
        client.tokens(browser, MAIL);
        String family = family();
        backbone.clock.forward(Duration.ofDays(31));
        assertThat(new TestBrowser(backbone).logIn(person).get(PAGE).body()).doesNotContain(family);
    }

    @Test
    void areShownToAnAdministratorWhoMayEndThem() {
        TestBrowser browser = new TestBrowser(backbone).logIn(person);
        JsonNode tokens = client.tokens(browser, MAIL);
        String access = "/admin/people/" + person.number() + "/access";
        String end = access + "/applications/" + family() + "/end";
        TestBrowser cuong = new TestBrowser(backbone).logIn(backbone.directory.person("cuong.le"));
        assertThat(cuong.get(access).body()).contains("Ứng dụng đã kết nối", "Chương trình thư", end).doesNotContain("??");
        TestBrowser auditor = new TestBrowser(backbone).logIn(backbone.directory.person("duong.pham"));
        assertThat(auditor.get(access).body()).as("an auditor looks and changes nothing").contains("Chương trình thư").doesNotContain(end);
        assertThat(auditor.post("/account", end).statusCode()).isEqualTo(403);
        assertThat(browser.post("/account", end).statusCode()).as("nobody's administrator").isEqualTo(403);
        assertThat(cuong.post(access, end).statusCode()).isEqualTo(303);
        assertThat(cuong.get(access + "?done=disconnected").body()).contains("Đã ngắt kết nối").doesNotContain(end);
        assertThat(client.refresh(tokens.get("refresh_token").asString()).body()).contains("invalid_grant");
        assertThat(backbone.auditLog()).contains("\"act\":\"application.ended\"");
    }

    private static String end(String family) {
        return PAGE + "/applications/" + family + "/end";
    }

    private String family() {
        return database.sql("SELECT id FROM oauth2_authorization WHERE principal_name = ? AND refresh_token_value IS NOT NULL ORDER BY refresh_token_issued_at DESC LIMIT 1").param(person.number())
            .query(String.class).single();
    }
}
