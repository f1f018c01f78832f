package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While the login is away, nobody is told that a right password is wrong. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class LoginAwayTest {

    @Test
    void tellsEveryProtocolToTryAgainLater(Antin antin) throws Exception {
        Person person = antin.people().get(5);
        MailClient client = new MailClient(antin, person, antin.appPassword(person));
        antin.kill("backbone");
        try {
            assertThat(client.logInToSmtp().output()).contains("454 4.7.0");
            assertThat(client.logInToImap().output()).containsPattern("< \\S+ NO \\[UNAVAILABLE]");
            assertThat(client.logInToPop3().output()).contains("< -ERR [SYS/TEMP]");
        } finally {
            antin.up();
        }
        assertThat(client.logInToImap().exit()).isZero();
    }
}
