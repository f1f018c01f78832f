package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class LoginTest {

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestPerson person = backbone.directory.people().get(1);

    @Test
    void leadsFromThePasswordOverTheCodeToTheAccount() {
        TestBrowser browser = new TestBrowser(backbone);
        HttpResponse<String> page = browser.get("/account");
        assertThat(page.statusCode()).isEqualTo(302);
        HttpResponse<String> afterPassword = browser.password(person);
        assertThat(afterPassword.statusCode()).as(afterPassword.body()).isEqualTo(303);
        assertThat(afterPassword.headers().firstValue("Location")).hasValue("/login/code");
        HttpResponse<String> afterCode = browser.code(backbone.code(person, 0));
        assertThat(afterCode.statusCode()).as(afterCode.body()).isEqualTo(303);
        assertThat(afterCode.headers().firstValue("Location")).hasValue("/account");
        HttpResponse<String> account = browser.get("/account");
        assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
        assertThat(account.body()).contains(person.name());
    }
}
