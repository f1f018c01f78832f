package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

    @Test
    void answersThatItIsTemporaryToStrangersAndToWhoIsLoggedIn() throws IOException {
        try (TestBackbone backbone = TestBackbone.withOwnDatabase()) {
            TestBrowser stranger = new TestBrowser(backbone);
            TestBrowser loggedIn = new TestBrowser(backbone).logIn(backbone.directory.people().get(7));
            String token = TestBrowser.token(stranger.get("/login").body());
            backbone.postgres.close();
            assertThat(stranger.postWithToken("/login", token, "login", "a", "password", "b").statusCode()).isEqualTo(503);
            HttpResponse<String> page = loggedIn.get("/account");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Tạm thời gián đoạn");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }
}
