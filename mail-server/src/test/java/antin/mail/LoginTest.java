package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets in, and what the others are told, by the error table. */
class LoginTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    private final TestPerson person = INSTALLATION.directory.people().get(2);

    @AfterEach
    void recover() {
        INSTALLATION.backbone.recover();
    }

    @Test
    void anAppPasswordOpensOverEveryProtocol() throws Exception {
        assertThat(smtp(person.address(), TestInstallation.PASSWORD)).startsWith("235 2.7.0");
        assertThat(imap(person.address(), TestInstallation.PASSWORD)).startsWith("a OK");
        assertThat(pop(person.address(), TestInstallation.PASSWORD)).startsWith("+OK");
    }

    @Test
    void theDirectoryPasswordAloneOpensNothing() throws Exception {
        assertThat(smtp(person.address(), person.password())).startsWith("535 5.7.8");
        assertThat(imap(person.address(), person.password())).startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(pop(person.address(), person.password())).startsWith("-ERR [AUTH]");
    }

    @Test
    void anUnknownNameIsAnsweredLikeAWrongPassword() throws Exception {
        assertThat(smtp("nobody@city.example", "x")).isEqualTo(smtp(person.address(), "x"));
        assertThat(imap("nobody@city.example", "x")).isEqualTo(imap(person.address(), "x"));
        assertThat(pop("nobody@city.example", "x")).isEqualTo(pop(person.address(), "x"));
    }

    @Test
    void anOutageOfTheLoginIsTemporary() throws Exception {
        String login = fresh();
        INSTALLATION.backbone.fail(503);

        assertThat(smtp(login, "p")).startsWith("454 4.7.0");
        assertThat(imap(login, "p")).startsWith("a NO [UNAVAILABLE]");
        assertThat(pop(login, "p")).startsWith("-ERR [SYS/TEMP]");
        assertThat(INSTALLATION.ready()).as("letters are still received").isTrue();
        assertThat(INSTALLATION.management("/metrics")).contains("antin_mail_login_available 0.0");
    }

    @Test
    void anAnswerThatIsNoAnswerIsTemporaryToo() throws Exception {
        String login = fresh();
        for (int status : new int[] {400, 403, 404, 500}) {
            INSTALLATION.backbone.fail(status);
            assertThat(smtp(login, "p")).as("status " + status).startsWith("454 4.7.0");
        }
    }

    @Test
    void tooManyTriesElsewhereAreAnsweredLikeAWrongPassword() throws Exception {
        String login = fresh();
        INSTALLATION.backbone.fail(429);

        assertThat(smtp(login, "p")).startsWith("535 5.7.8");
        assertThat(imap(login, "p")).startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(pop(login, "p")).startsWith("-ERR [AUTH]");
    }

    @Test
    void aRevokedPasswordIsRefusedAtTheNextLogin() throws Exception {
        INSTALLATION.backbone.allow("moved@city.example", "p", person.address(), "imap");
        assertThat(imap("moved@city.example", "p")).startsWith("a OK");

        INSTALLATION.backbone.revoke("moved@city.example");

        assertThat(imap("moved@city.example", "p")).startsWith("a NO [AUTHENTICATIONFAILED]");
    }

    @Test
    void aProgramThatOpensManyConnectionsIsAskedAboutOnce() throws Exception {
        String login = fresh();
        for (int i = 0; i < 5; i++) {
            assertThat(imap(login, "p")).startsWith("a OK");
        }
        assertThat(asked(login)).isOne();
        assertThat(imap(login, "q")).as("a wrong one is asked about").startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(imap(login, "q")).startsWith("a NO [AUTHENTICATIONFAILED]");
        assertThat(pop(login, "p")).as("another protocol is another question").startsWith("+OK");
        assertThat(asked(login)).isEqualTo(4);
    }

    @Test
    void whatIsRememberedOpensNothingWhileBackboneDoesNotTellWhatWasEnded() throws Exception {
        String login = fresh();
        assertThat(imap(login, "p")).startsWith("a OK");
        INSTALLATION.backbone.fail(503);
        INSTALLATION.backbone.silence(true);
        try {
            await().atMost(Duration.ofSeconds(6)).untilAsserted(() -> assertThat(imap(login, "p")).startsWith("a NO [UNAVAILABLE]"));
        } finally {
            INSTALLATION.backbone.silence(false);
        }
    }

    @Test
    void backboneIsToldProtocolAndAddress() throws Exception {
        imap("told-imap@city.example", "x");
        pop("told-pop@city.example", "x");
        smtp("told-smtp@city.example", "x");

        assertThat(INSTALLATION.backbone.questions()).contains(new FakeBackbone.Question("told-imap@city.example", "imap", "127.0.0.1"),
            new FakeBackbone.Question("told-pop@city.example", "pop", "127.0.0.1"), new FakeBackbone.Question("told-smtp@city.example", "smtp", "127.0.0.1"));
    }

    @Test
    void imapAuthenticatePlainWorksWithAndWithoutInitialResponse() throws Exception {
        String plain = plain("", person.address(), TestInstallation.PASSWORD);
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            assertThat(wire.imap("a", "AUTHENTICATE PLAIN " + plain)).startsWith("a OK");
        }
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            assertThat(wire.send("a AUTHENTICATE PLAIN\r\n").line()).startsWith("+");
            assertThat(wire.send(plain + "\r\n").untilTag("a")).startsWith("a OK");
            assertThat(wire.imap("b", "SELECT INBOX")).startsWith("b OK");
        }
    }

    @Test
    void nobodyLogsInForSomebodyElse() throws Exception {
        String plain = plain(INSTALLATION.recipient(), person.address(), TestInstallation.PASSWORD);
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            assertThat(wire.imap("a", "AUTHENTICATE PLAIN " + plain)).startsWith("a NO [AUTHENTICATIONFAILED]");
        }
        try (Wire wire = Wire.openTls(INSTALLATION.port("submissions"))) {
            wire.answer();
            wire.ask("EHLO test");
            wire.ask("AUTH PLAIN " + plain);
            assertThat(wire.ask("MAIL FROM:<" + INSTALLATION.recipient() + ">")).startsWith("5");
        }
    }

    @Test
    void tooManyFailedLoginsCloseTheConnection() throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("submissions"))) {
            wire.answer();
            wire.ask("EHLO test");
            for (int i = 0; i < 3; i++) {
                assertThat(wire.ask("AUTH PLAIN " + plain("", person.address(), "wrong"))).startsWith("535");
            }
            assertThat(wire.rest()).isEmpty();
        }
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            wire.imap("a", "LOGIN x y");
            wire.imap("b", "LOGIN x y");
            wire.send("c LOGIN x y\r\n");
            assertThat(wire.rest()).contains("c NO [AUTHENTICATIONFAILED]").contains("* BYE");
        }
        try (Wire wire = Wire.openTls(INSTALLATION.port("pop3s"))) {
            wire.line();
            for (int i = 0; i < 3; i++) {
                wire.send("USER x\r\n").line();
                assertThat(wire.send("PASS y\r\n").line()).startsWith("-ERR [AUTH]");
            }
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void nothingIsTakenBeforeTls() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("submission"))) {
            wire.answer();
            assertThat(wire.send("EHLO test\r\n").answers()).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(wire.ask("AUTH PLAIN " + plain("", person.address(), TestInstallation.PASSWORD))).startsWith("530 5.7.0");
            assertThat(wire.ask("MAIL FROM:<" + person.address() + ">")).startsWith("530 5.7.0");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("imap"))) {
            wire.line();
            assertThat(wire.send("a CAPABILITY\r\n").line()).contains("LOGINDISABLED").contains("STARTTLS").doesNotContain("AUTH=PLAIN");
            wire.untilTag("a");
            assertThat(wire.imap("b", "LOGIN " + person.address() + " " + TestInstallation.PASSWORD)).startsWith("b NO");
            assertThat(wire.imap("c", "AUTHENTICATE PLAIN " + plain("", person.address(), TestInstallation.PASSWORD))).startsWith("c NO");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
            wire.line();
            assertThat(wire.send("USER " + person.address() + "\r\n").line()).startsWith("-ERR");
            assertThat(wire.send("PASS " + TestInstallation.PASSWORD + "\r\n").line()).startsWith("-ERR");
        }
    }

    static String plain(String authorization, String login, String password) {
        return Base64.getEncoder().encodeToString((authorization + '\0' + login + '\0' + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String smtp(String login, String password) throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("submissions"))) {
            wire.answer();
            wire.ask("EHLO test");
            return wire.ask("AUTH PLAIN " + plain("", login, password));
        }
    }

    private static String imap(String login, String password) throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            return wire.imap("a", "LOGIN \"" + login + "\" \"" + password + '"');
        }
    }

    private static String pop(String login, String password) throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("pop3s"))) {
            wire.line();
            wire.send("USER " + login + "\r\n").line();
            return wire.send("PASS " + password + "\r\n").line();
        }
    }

    /** An app password that nobody has used yet. */
    private String fresh() {
        String login = "fresh-" + UUID.randomUUID() + "@city.example";
        INSTALLATION.backbone.allow(login, "p", person.address(), "imap", "pop", "smtp");
        return login;
    }

    private static long asked(String login) {
        return INSTALLATION.backbone.questions().stream().filter(question -> question.login().equals(login)).count();
    }
}
