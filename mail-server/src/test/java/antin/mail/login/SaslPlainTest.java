package antin.mail.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPlainTest {

    @Test
    void readsNameAndPasswordInUtf8() {
        assertThat(SaslPlain.parse(base64("\0an@city.example\0mật khẩu"))).contains(new SaslPlain("an@city.example", "mật khẩu"));
        assertThat(SaslPlain.parse(base64("AN@city.example\0an@city.example\0p"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "an", "an\0p", "boss@city.example\0an@city.example\0p", "\0an\0p\0x"})
    void refusesWhatIsNoPlainMessage(String message) {
        assertThat(SaslPlain.parse(base64(message))).isEmpty();
    }

    @Test
    void refusesWhatIsNoBase64OrNoUtf8() {
        assertThat(SaslPlain.parse("*")).isEmpty();
        assertThat(SaslPlain.parse(Base64.getEncoder().encodeToString(new byte[] {0, 'a', 0, (byte) 0xff}))).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new SaslPlain("an", "secret").toString()).doesNotContain("secret");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
