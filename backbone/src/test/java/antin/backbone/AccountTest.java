package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.AddressBookAccess;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.PeerName;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
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
        assertThat(browser.get("/account/app-passwords").body()).contains("Điện thoại &lt;b&gt;").doesNotContain(password);
        assertThat(backbone.auditLog()).contains("app-password.issued").doesNotContain(password).doesNotContain(password.replace("-", ""));
    }

    @Test
    void endsAnAppPasswordAtOnceAfterShowingWhatThatDoes() throws Exception {
        String password = password(issue("Máy cũ", "imap").body());
        String page = browser.get("/account/app-passwords").body();
        String revoke = page.substring(page.indexOf("Máy cũ")).replaceAll("(?s).*?href=\"(/account/app-passwords/[0-9a-f-]+/revoke)\".*", "$1");
        assertThat(browser.get(revoke).body()).contains("Không thể hoàn tác");
        assertThat(mailLogin(password, "imap")).isEqualTo(200);
        assertThat(browser.post(revoke, revoke).statusCode()).isEqualTo(303);
        assertThat(mailLogin(password, "imap")).isEqualTo(401);
        assertThat(browser.get("/account/app-passwords?revoked").body()).contains("Đã thu hồi").doesNotContain("Máy cũ");
        assertThat(backbone.auditLog()).contains("app-password.revoked");
    }

    @Test
    void leavesAnotherPersonsAppPasswordsAlone() throws Exception {
        String password = password(issue("Của tôi", "imap").body());
        String page = browser.get("/account/app-passwords").body();
        String revoke = page.substring(page.indexOf("Của tôi")).replaceAll("(?s).*?href=\"(/account/app-passwords/[0-9a-f-]+/revoke)\".*", "$1");
        TestBrowser other = new TestBrowser(backbone).logIn(backbone.directory.people().get(5));
        assertThat(other.get(revoke).statusCode()).isEqualTo(404);
        assertThat(other.post("/account/app-passwords", revoke).statusCode()).isEqualTo(404);
        assertThat(mailLogin(password, "imap")).isEqualTo(200);
    }

    @Test
    void opensTheAddressBookWithAnAppPasswordAndClosesItWithIt() throws Exception {
        HttpResponse<String> issued = issue("Danh bạ", "address-book");
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(200);
        String password = password(issued.body());
        String name = issued.body().replaceAll("(?s).*id=\"bind-name\"[^>]*>([^<]+)<.*", "$1");
        assertThat(issued.body()).contains("ldaps://127.0.0.1:" + backbone.directory.ldapsPort(), "dc=city,dc=example");
        assertThat(mailLogin(password, "imap")).as("no mail").isEqualTo(401);
        assertThat(mailLogin(password, "address-book")).as("nothing that mail-server asks for").isEqualTo(400);
        try (LDAPConnection client = new RawLdap(backbone.directory).bound(name, password)) {
            assertThat(client.search("dc=city,dc=example", SearchScope.SUB, "(mail=" + person.address() + ")", "cn").getEntryCount()).isEqualTo(1);
        }
        String page = browser.get("/account/app-passwords").body();
        String revoke = page.substring(page.indexOf("Danh bạ</th>")).replaceAll("(?s).*?href=\"(/account/app-passwords/[0-9a-f-]+/revoke)\".*", "$1");
        assertThat(browser.post(revoke, revoke).statusCode()).isEqualTo(303);
        assertThatThrownBy(() -> new RawLdap(backbone.directory).bound(name, password)).isInstanceOf(LDAPException.class);
    }

    @Test
    void opensTheSamplesAddressBooksAndSweepsStrayOnes() throws Exception {
        String[] line = Files.readAllLines(backbone.home.resolve("sample/address-books.tsv")).getFirst().split("\t", -1);
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            AddressBookAccess.Access stray = new AddressBookAccess.Access("00000000-0000-4000-8000-00000000000f", person.number());
            directory.addressBookAccess().open(stray, "a-password-without-a-row");
            backbone.stop();
            backbone.start();
            // a backbone of another test, with another database, may have swept the sample's before
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !directory.addressBookAccess().all().contains(stray)
                && directory.addressBookAccess().all().stream().anyMatch(access -> line[3].contains(access.id())));
        }
        new RawLdap(backbone.directory).bound(line[3], line[2]).close();
    }

    @Test
    void saysBesideTheFieldWhatIsMissing() {
        HttpResponse<String> answer = browser.post("/account/app-passwords", "/account/app-passwords", "name", " ");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Nhập tên, tối đa 60 ký tự.", "Chọn ít nhất một mục.", "aria-invalid=\"true\"");
    }

    @Test
    void offersNoLongerLifeThanThePolicyAndTakesNoneThatWasNotOffered() {
        assertThat(browser.get("/account/app-passwords").body()).contains("<option value=\"7\"", "<option value=\"90\" selected").doesNotContain("<option value=\"365\"");
        for (String days : new String[] {"365", "91", "-1", "999999999"}) {
            assertThat(browser.post("/account/app-passwords", "/account/app-passwords", "name", "Mãi mãi", "scope", "imap", "days", days).statusCode()).as(days).isEqualTo(422);
        }
        assertThat(browser.get("/account/app-passwords").body()).doesNotContain("Mãi mãi");
        assertThat(browser.post("/account/app-passwords", "/account/app-passwords", "name", "Một tuần", "scope", "imap", "days", "7").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsPeopleOnAPageAndSystemsInAProblemDocument() {
        HttpResponse<String> page = browser.get("/account/nothing");
        assertThat(page.body()).contains("Không tìm thấy");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        HttpResponse<String> system = browser.get(backbone.uri("/account/nothing"), "application/json");
        assertThat(system.statusCode()).isEqualTo(404);
        assertThat(system.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(system.body()).contains("\"type\":\"/problems/not-found\"", "\"status\":404");
        assertThat(new TestBrowser(backbone).get(backbone.uri("/account/app-passwords"), "application/json").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> issue(String name, String scope) {
        return browser.post("/account/app-passwords", "/account/app-passwords", "name", name, "scope", scope);
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
