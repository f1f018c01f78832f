package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SMTP, POP3 and ManageSieve with a client that does not wait for its login (IMAP: {@link ImapPipeliningTest}). */
@Timeout(60)
class PipeliningTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    private final TestPerson person = INSTALLATION.directory.people().get(13);
    private final String message = Base64.getEncoder()
        .encodeToString(Door.plain("", person.address(), TestInstallation.PASSWORD).getBytes(StandardCharsets.UTF_8));

    @BeforeEach
    void backboneTakesItsTime() {
        INSTALLATION.backbone.slow(person.address(), Duration.ofSeconds(1));
    }

    @AfterEach
    void backboneIsQuickAgain() {
        INSTALLATION.backbone.quick(person.address());
    }

    @Test
    void smtpAnswersInOrder() throws Exception {
        try (Wire wire = Door.SMTP.open(INSTALLATION)) {
            wire.send("AUTH PLAIN " + message + "\r\nMAIL FROM:<" + person.address() + ">\r\nRCPT TO:<" + INSTALLATION.recipient() + ">\r\nRSET\r\nNONSENSE\r\nQUIT\r\n");
            for (String answer : new String[] {"235", "250", "250", "250", "500", "221"}) {
                assertThat(wire.answer()).startsWith(answer);
            }
        }
    }

    @Test
    void popAnswersInOrder() throws Exception {
        try (Wire wire = Door.POP3.open(INSTALLATION)) {
            wire.send("USER " + person.address() + "\r\nPASS " + TestInstallation.PASSWORD + "\r\nSTAT\r\nNONSENSE\r\nQUIT\r\n");
            assertThat(wire.line()).startsWith("+OK");
            assertThat(wire.line()).startsWith("+OK");
            assertThat(wire.line()).matches("\\+OK \\d+ \\d+");
            assertThat(wire.line()).startsWith("-ERR");
            assertThat(wire.line()).startsWith("+OK");
        }
    }

    @Test
    void managesieveAnswersInOrder() throws Exception {
        try (Wire wire = Door.SIEVE.open(INSTALLATION)) {
            wire.send("AUTHENTICATE \"PLAIN\" \"" + message + "\"\r\nLISTSCRIPTS\r\nGETSCRIPT \"nowhere\"\r\nNOOP\r\nLOGOUT\r\n");
            assertThat(Door.untilOk(wire)).startsWith("OK \"Welcome");
            assertThat(Door.untilOk(wire)).startsWith("OK");
            assertThat(Door.untilOk(wire)).startsWith("NO");
            assertThat(Door.untilOk(wire)).startsWith("OK");
            assertThat(Door.untilOk(wire)).containsAnyOf("OK", "BYE");
        }
    }
}
