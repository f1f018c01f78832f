package antin.mail.login;

import static org.assertj.core.api.Assertions.assertThat;

import antin.mail.login.Credentials.AppPassword;
import antin.mail.login.SaslExchange.Ask;
import antin.mail.login.SaslExchange.Cancelled;
import antin.mail.login.SaslExchange.Check;
import antin.mail.login.SaslExchange.Malformed;
import antin.mail.login.SaslExchange.Refuse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SaslExchangeTest {

    @Test
    void asksForNameThenPassword() {
        SaslExchange login = new SaslExchange(Mechanism.LOGIN, Protocol.SMTP);
        assertThat(login.begin(Optional.empty())).isEqualTo(new Ask(base64("Username:")));
        assertThat(login.next(base64("an"))).isEqualTo(new Ask(base64("Password:")));
        assertThat(login.next(base64("p"))).isEqualTo(new Check(new AppPassword("an", "p")));
    }

    @Test
    void tellsAClientWithABadTokenWhyAndThenRefusesWhateverItSays() {
        for (String last : new String[] {"AQ==", "", "*", "%%%"}) {
            SaslExchange bearer = new SaslExchange(Mechanism.OAUTHBEARER, Protocol.IMAP);
            assertThat(bearer.begin(Optional.of(base64("n,,\u0001auth=Bearer a.b.c\u0001\u0001")))).isInstanceOf(Check.class);
            assertThat(bearer.refused()).isEqualTo(new Ask(base64("{\"status\":\"invalid_token\",\"scope\":\"mail.imap\"}")));
            assertThat(bearer.next(last)).isEqualTo(new Refuse());
        }
    }

    @Test
    void refusesAWrongPasswordAtOnce() {
        SaslExchange plain = new SaslExchange(Mechanism.PLAIN, Protocol.IMAP);
        plain.begin(Optional.of(base64("\0an\0p")));
        assertThat(plain.refused()).isEqualTo(new Refuse());
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void refusesWhatIsNoBase64NoUtf8OrEndless(Mechanism mechanism) {
        for (String message : new String[] {"%%%", "=", "a", "AGE=AA", Base64.getEncoder().encodeToString(new byte[] {0, 'a', 0, (byte) 0xff}), "A".repeat(SaslExchange.LONGEST_ANSWER + 4)}) {
            assertThat(new SaslExchange(mechanism, Protocol.POP3).next(message)).as(message).isEqualTo(new Malformed());
        }
        assertThat(new SaslExchange(mechanism, Protocol.POP3).next("*")).isEqualTo(new Cancelled());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
