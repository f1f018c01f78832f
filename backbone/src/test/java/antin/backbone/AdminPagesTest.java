package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminPagesTest {

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestPerson city = backbone.directory.person("cuong.le");
    private TestBrowser browser = new TestBrowser(backbone);

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
        browser = new TestBrowser(backbone).logIn(city);
    }

    @Test
    void showsTheTreeWithCounts() {
        HttpResponse<String> tree = browser.get("/admin");
        assertThat(tree.statusCode()).as(tree.body()).isEqualTo(200);
        assertThat(tree.body()).contains("Ủy ban nhân dân thành phố", "người kể cả cấp dưới", "<details", "Ủy ban nhân dân phường Tân An").doesNotContain("??");
    }
}
