package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountTest {

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(4);

    @BeforeEach
    void logIn() {
        backbone.clock.forward(Duration.ofHours(49));
        browser.logIn(person);
    }

    @Test
    void showsAnAppPasswordOnceAndThenOnlyItsName() throws Exception {
        HttpResponse<String> issued = issue("Điện thoại <b>", "imap");
        assertThat(issued.statusCode()).isEqualTo(200);
        assertThat(issued.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        String password = password(issued.body());
        assertThat(mailLogin(password, "imap")).isEqualTo(200);
        assertThat(mailLogin(password, "smtp")).as("out of scope").isEqualTo(401);
        assertThat(browser.get("/account").body()).contains("Điện thoại &lt;b&gt;").doesNotContain(password);
        assertThat(backbone.auditLog()).contains("app-password.issued").doesNotContain(password).doesNotContain(password.replace("-", ""));
    }

    @Test
    void endsAnAppPasswordAtOnceAfterShowingWhatThatDoes() throws Exception {
        String password = password(issue("Máy cũ", "imap").body());
        String page = browser.get("/account").body();
        String revoke = page.substring(page.indexOf("Máy cũ")).replaceAll("(?s).*?href=\"(/account/app-passwords/[0-9a-f-]+/revoke)\".*", "$1");
        assertThat(browser.get(revoke).body()).contains("Không thể hoàn tác");
        assertThat(mailLogin(password, "imap")).isEqualTo(200);
        assertThat(browser.post(revoke, revoke).statusCode()).isEqualTo(303);
        assertThat(mailLogin(password, "imap")).isEqualTo(401);
        assertThat(browser.get("/account?revoked").body()).contains("Đã thu hồi").doesNotContain("Máy cũ");
        assertThat(backbone.auditLog()).contains("app-password.revoked");
    }

    @Test
    void leavesAnotherPersonsAppPasswordsAlone() throws Exception {
        String password = password(issue("Của tôi", "imap").body());
        String page = browser.get("/account").body();
        String revoke = page.substring(page.indexOf("Của tôi")).replaceAll("(?s).*?href=\"(/account/app-passwords/[0-9a-f-]+/revoke)\".*", "$1");
        TestBrowser other = new TestBrowser(backbone).logIn(backbone.directory.people().get(5));
        assertThat(other.get(revoke).statusCode()).isEqualTo(404);
        assertThat(other.post("/account", revoke).statusCode()).isEqualTo(404);
        assertThat(mailLogin(password, "imap")).isEqualTo(200);
    }

    @Test
    void saysBesideTheFieldWhatIsMissing() {
        HttpResponse<String> answer = browser.post("/account", "/account/app-passwords", "name", " ");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Nhập tên, tối đa 60 ký tự.", "Chọn ít nhất một mục.", "aria-invalid=\"true\"");
    }

    @Test
    void tellsPeopleOnAPageAndSystemsInAProblemDocument() {
        assertThat(browser.get("/account/nothing").body()).contains("Không tìm thấy");
        HttpResponse<String> system = browser.get(backbone.uri("/account/nothing"), "application/json");
        assertThat(system.statusCode()).isEqualTo(404);
        assertThat(system.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(system.body()).contains("\"type\":\"/problems/not-found\"", "\"status\":404");
        assertThat(new TestBrowser(backbone).get(backbone.uri("/account"), "application/json").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> issue(String name, String scope) {
        return browser.post("/account", "/account/app-passwords", "name", name, "scope", scope);
    }

    private static String password(String page) {
        return page.replaceAll("(?s).*id=\"app-password\"[^>]*>([a-z2-7-]+)<.*", "$1");
    }

    private int mailLogin(String password, String scope) throws Exception {
        HttpClient mailServer = HttpClient.newBuilder().sslContext(backbone.directory.mailServer().clientContext(new PeerName("antin:backbone"))).build();
        String question = "{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\",\"address\":\"192.0.2.4\"}".formatted(person.address(), password, scope);
        return mailServer.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/mail-logins"))
            .POST(HttpRequest.BodyPublishers.ofString(question)).build(), BodyHandlers.ofString()).statusCode();
    }
}
