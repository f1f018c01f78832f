package antin.otp.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void leadsBackToTheClientsRequest() {
        assertThat(Target.of("/oauth2/authorize?client_id=a&scope=openid%20email").path()).isEqualTo("/oauth2/authorize?client_id=a&scope=openid%20email");
        assertThat(Target.of("/oauth2/authorize?a=b").through("/login")).isEqualTo("/login?to=%2Foauth2%2Fauthorize%3Fa%3Db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/oauth2/authorize", "/oauth2/authorize/../../logout", "/\\evil.example",
        "/oauth2/authorize?a=\r\nSet-Cookie: b", "/oauth2/authorize?a=\"><script>", "/oauth2/authorizex?a=b", ""})
    void leadsNowhereElseThanToTheAccount(String untrusted) {
        assertThat(Target.of(untrusted).path()).isEqualTo("/account");
    }
}
