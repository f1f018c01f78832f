package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Passkeys with a real browser and an authenticator of its own: made, used as second step and as the only one, and never twice for one challenge. */
class PasskeyTest {

    @Test
    void opensTheAccountAsSecondStepAndAloneWhereThePolicyLetsItAndNeverTwice() throws Exception {
        try (TestBackbone backbone = TestBackbone.withOwnDatabase()) {
            backbone.stop();
            Files.writeString(backbone.home.resolve("conf/login.properties"), "passkey-alone=clerk, staff, leader\n");
            backbone.start();
            try (TestChromium browser = TestChromium.start(backbone)) {
                journey(backbone, browser);
            }
        }
    }

    private static void journey(TestBackbone backbone, TestChromium browser) throws Exception {
        TestPerson person = backbone.directory.person("binh.tran");
        String authenticator = browser.authenticator();
        browser.open("/login");
        password(browser, person);
        assertThat(browser.text()).as("none yet").doesNotContain("Dùng khóa truy cập");
        browser.type("#code", backbone.code(person, 0));
        browser.follow("button.strong");
        assertThat(browser.path()).isEqualTo("/account");

        // Enrolled
        browser.open("/account/factors");
        browser.type("#passkey-name", "Máy tính cơ quan");
        browser.follow("form[data-passkey] button");
        assertThat(browser.path()).as(browser.text()).isEqualTo("/account/factors?added");
        assertThat(browser.text()).contains("Máy tính cơ quan");
        JsonNode credentials = browser.tell("WebAuthn.getCredentials", Map.of("authenticatorId", authenticator)).path("credentials");
        assertThat(credentials.size()).isEqualTo(1);
        assertThat(credentials.path(0).toString()).as("the handle is no staff number").doesNotContain(person.number());

        assertThat(backbone.letters(person.number())).as("the owner is told").hasSize(1).first().asString().contains("khóa truy cập (passkey) \"Máy tính cơ quan\"", "passkey \"Máy tính cơ quan\"");

        // As second step
        logOut(browser);
        password(browser, person);
        browser.follow("form[data-passkey] button");
        assertThat(browser.path()).as(browser.text()).isEqualTo("/account");
        assertThat(backbone.auditLog()).contains("\"act\":\"login.passkey\",\"outcome\":\"accepted\"");

        // At the step-up, where a code is not enough
        browser.open("/login/again?to=%2Faccount%2Fsessions&acr=urn:antin:acr:phishing-resistant");
        browser.follow("form[data-passkey] button");
        assertThat(browser.path()).isEqualTo("/account/sessions");

        // Alone
        logOut(browser);
        browser.follow("form[data-passkey] button");
        assertThat(browser.path()).as(browser.text()).isEqualTo("/account");
        assertThat(browser.text()).contains(person.name());

        // A stranger learns of nobody's keys
        assertThat(new TestBrowser(backbone).post("/login", "/login/passkey/options", "alone", "yes", "login", person.address()).body()).contains("\"allowCredentials\":[]");

        // What was signed once opens nothing again
        logOut(browser);
        browser.value("HTMLFormElement.prototype.submit = function() { window.kept = this.elements.credential.value; }");
        browser.value("document.querySelector('form[data-passkey] button').click()");
        String credential = "";
        for (int i = 0; i < 100 && credential.isEmpty(); i++) {
            Thread.sleep(50);
            credential = browser.value("window.kept || ''");
        }
        assertThat(credential).contains("\"signature\"");
        TestBrowser first = new TestBrowser(backbone);
        assertThat(location(first.post("/login", "/login/passkey", "alone", "yes", "credential", credential))).isEqualTo("/account");
        HttpResponse<String> replayed = new TestBrowser(backbone).post("/login", "/login/passkey", "alone", "yes", "credential", credential);
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).contains("không được nhận");

        // A copy of the key, whose counter stayed behind, opens nothing
        JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("UPDATE passkey SET signature_count = 1000000").update();
        browser.open("/login");
        browser.follow("form[data-passkey] button");
        assertThat(browser.path()).isEqualTo("/login/passkey");
        assertThat(browser.text()).contains("không được nhận");

        // Nor for another person's second step
        backbone.clock.forward(Duration.ofSeconds(60));
        TestPerson other = backbone.directory.person("huong.vu");
        browser.open("/login");
        password(browser, other);
        assertThat(browser.text()).doesNotContain("Dùng khóa truy cập");
    }

    private static void password(TestChromium browser, TestPerson person) {
        browser.type("#login", person.address());
        browser.type("#password", person.password());
        browser.follow("button.strong");
        assertThat(browser.path()).as(browser.text()).isEqualTo("/login/code");
    }

    private static void logOut(TestChromium browser) {
        browser.follow("form[action='/logout'] button");
        assertThat(browser.path()).isEqualTo("/login?bye");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none, status " + answer.statusCode()).replaceFirst("https://localhost:\\d+", "");
    }
}
