package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The holes of James 3.8.1's IMAP that are closed here; each keeps its test. */
class ImapHolesTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN {2000000000}", "a LOGIN {1025}", "a LOGIN {1025+}", "a LOGIN {999999999999999999999}", "a LOGIN ~{5000}",
        "a AUTHENTICATE {70000+}", "a APPEND INBOX {10000000+}", "a {5000}", "{5000+}"})
    void cve202437358LiteralsAreBoundedBeforeLogin(String command) throws Exception {
        for (String port : List.of("imap", "imaps")) {
            try (Wire wire = port.equals("imap") ? Wire.open(INSTALLATION.port(port)) : Wire.openTls(INSTALLATION.port(port))) {
                wire.line();
                wire.send(command + "\r\n");
                String rest = wire.rest();
                assertThat(rest).contains("* BYE").doesNotContain("+ ");
            }
        }
    }

    @Test
    void cve202437358ManySmallLiteralsAreBoundedBeforeLogin() throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            wire.send("a LOGIN {1+}\r\nx {1+}\r\ny {1+}\r\nz\r\n");
            assertThat(wire.rest()).contains("* BYE");
        }
    }

    @Test
    void aLoginByLiteralsOfOrdinaryLengthWorks() throws Exception {
        String name = INSTALLATION.sender();
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            assertThat(wire.send("a LOGIN {" + name.length() + "}\r\n").line()).startsWith("+");
            assertThat(wire.send(name + " {" + TestInstallation.PASSWORD.length() + "}\r\n").line()).startsWith("+");
            assertThat(wire.send(TestInstallation.PASSWORD + "\r\n").untilTag("a")).startsWith("a OK");
        }
    }

    @Test
    void aLineBeforeLoginIsBounded() throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            wire.send("a LOGIN " + "x".repeat(5_000));
            assertThat(wire.rest()).contains("* BYE");
        }
    }

    @Test
    void commandsBeforeLoginAreCounted() throws Exception {
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            try {
                wire.send("a NOOP\r\n".repeat(41));
            } catch (IOException e) {
                // already closed: as good
            }
            assertThat(wire.rest()).contains("* BYE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a STARTTLS\r\nb LOGIN x y\r\n", "a starttls\r\nb CAPABILITY\r\n", "a STARTTLS \r\nb CAPABILITY\r\n",
        "x NOOP\r\na STARTTLS\r\nb CAPABILITY\r\n", "x NOOP\r\ny NOOP\r\na STARTTLS\r\nb"})
    void starttlsInjectionIntoImapEndsTheConnection(String injected) throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("imap"))) {
            wire.line();
            wire.send(injected);
            assertThat(wire.rest()).contains("* BYE").doesNotContain("a OK").doesNotContain("b ");
        }
    }

    @Test
    void starttlsInjectionInASecondPacketEndsTheConnection() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("imap"))) {
            wire.line();
            wire.send("a STARTTLS\r\n");
            wire.send("b CAPABILITY\r\n");
            assertThat(wire.rest()).doesNotContain("b OK").doesNotContain("CAPABILITY");
        }
    }

    @Test
    void aLiteralAfterLoginIsBoundedByTheLongestLetter() throws Exception {
        try (Wire wire = loggedIn()) {
            wire.send("b APPEND INBOX {99999999999}\r\n");
            assertThat(wire.rest()).contains("* BYE").doesNotContain("+ ");
        }
    }

    @Test
    void aCommandAfterLoginIsBoundedToo() throws Exception {
        try (Wire wire = loggedIn()) {
            try {
                wire.send("b SEARCH SUBJECT {1+}\r\nx " + "y".repeat(70_000));
            } catch (IOException e) {
                // already closed: as good
            }
            assertThat(wire.rest()).contains("* BYE");
        }
    }

    @Test
    void aLongLetterIsAppendedAndReadBack() throws Exception {
        byte[] letter = ("Subject: long\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(30_000)).getBytes(StandardCharsets.US_ASCII);
        try (Wire wire = loggedIn()) {
            assertThat(wire.send("b APPEND INBOX {" + letter.length + "}\r\n").line()).startsWith("+");
            assertThat(wire.send(letter).send("\r\n").untilTag("b")).startsWith("b OK");
            wire.imap("c", "SELECT INBOX");
            assertThat(wire.imap("d", "SEARCH LARGER 2900000")).startsWith("d OK");
            assertThat(wire.imap("e", "NOOP")).startsWith("e OK");
        }
    }

    @Test
    void nobodySeesAnotherPersonsMailbox() throws Exception {
        try (Wire wire = loggedIn()) {
            assertThat(wire.imap("b", "SELECT \"#user." + INSTALLATION.recipient() + ".INBOX\"")).startsWith("b NO");
            assertThat(wire.imap("c", "SELECT \"#user/" + INSTALLATION.recipient() + "/INBOX\"")).startsWith("c NO");
        }
    }

    private static Wire loggedIn() throws Exception {
        Wire wire = Wire.openTls(INSTALLATION.port("imaps"));
        wire.line();
        assertThat(wire.imap("a", "LOGIN " + INSTALLATION.sender() + " " + TestInstallation.PASSWORD)).startsWith("a OK");
        return wire;
    }
}
