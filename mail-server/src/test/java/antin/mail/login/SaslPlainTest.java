package antin.mail.login;

import static org.assertj.core.api.Assertions.assertThat;

import antin.mail.login.Credentials.AppPassword;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPlainTest {

    @Test
    void readsNameAndPassword() {
        assertThat(SaslPlain.parse("\0an@city.example\0mật khẩu")).contains(new AppPassword("an@city.example", "mật khẩu"));
        assertThat(SaslPlain.parse("AN@city.example\0an@city.example\0p")).contains(new AppPassword("an@city.example", "p"));
    }

    @Test
    void readsTheMailboxThatIsMeant() {
        assertThat(SaslPlain.parse("office@city.example\0an@city.example\0p"))
            .contains(new AppPassword("an@city.example", "p", Optional.of("office@city.example")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "an", "an\0p", "\0an\0p\0x", "\0\0p", "\0an\0", "\0 \0p", "\0a\rn\0p", "x\n\0an\0p", "\0\0\0"})
    void refusesWhatIsNoPlainMessage(String message) {
        assertThat(SaslPlain.parse(message)).isEmpty();
    }

    @Test
    void refusesEndlessNames() {
        assertThat(SaslPlain.parse("\0" + "a".repeat(513) + "\0p")).isEmpty();
        assertThat(SaslPlain.parse("\0a\0" + "p".repeat(513))).isEmpty();
        assertThat(SaslPlain.parse("a".repeat(513) + "\0b\0p")).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new AppPassword("an", "secret").toString()).doesNotContain("secret");
    }
}
