package antin.bridge.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.bridge.message.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://ria.ee", "https://ky.example.gov.vn", "https://localhost:8443", "https://127.0.0.1:8443", "https://[::1]:8443", "https://xn--kt-qla.example.vn"})
    void takesSecureOrigins(String origin) {
        assertThat(Origin.of(origin).value()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://", "http://ria.ee", "wss://ria.ee", "https://ria.ee/", "https://ria.ee/a", "https://ria.ee?a", "https://ria.ee#a", "https://RIA.ee", "HTTPS://ria.ee",
        "https://ria.ee:443", "https://ria.ee:", "https://ria.ee:8443x", "https://a@ria.ee", "https://ria.ee ", " https://ria.ee", "https:ria.ee", "ria.ee", "null", "file:///etc/passwd",
        "https://ria.ee\nhttps://b.example", "https://tò.example", "chrome-extension://holkmfkhkceanfgldnilgehligjmmgla"})
    void refusesEverythingElse(String untrusted) {
        assertThatThrownBy(() -> Origin.of(untrusted)).isInstanceOf(Refused.class).hasMessage("invalid-origin");
    }
}
