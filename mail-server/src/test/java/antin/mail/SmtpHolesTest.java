package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The holes of James 3.8.1's SMTP, POP3 and LMTP that are closed here; each keeps its test. */
class SmtpHolesTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final String STRANGER = "stranger@elsewhere.example";

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\r\n\0.\n"})
    void smtpSmugglingByLoneLineEndsIsRefused(String end) throws Exception {
        try (Wire wire = data("smtp")) {
            wire.send("From: " + STRANGER + "\r\nSubject: first\r\n\r\ntext" + end + "MAIL FROM:<smuggled@elsewhere.example>\r\n");

            String rest = wire.rest();

            assertThat(rest).startsWith("500 5.5.2").doesNotContain("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r\n"})
    void lmtpRefusesLoneLineEndsToo(String end) throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("lmtp"))) {
            wire.answer();
            wire.ask("LHLO test");
            wire.ask("MAIL FROM:<" + STRANGER + ">");
            wire.ask("RCPT TO:<" + INSTALLATION.recipient() + ">");
            wire.ask("DATA");
            wire.send("Subject: x\r\n\r\ntext" + end);
            assertThat(wire.rest()).startsWith("500 5.5.2").doesNotContain("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO test\n", "EHLO test\r", "EHLO te\rst\r\n"})
    void commandsWithLoneLineEndsAreRefused(String command) throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.send(command + "NOOP\r\n");
            assertThat(wire.rest()).startsWith("500 5.5.2");
        }
    }

    @Test
    void starttlsInjectionIntoSmtpEndsTheConnection() throws Exception {
        for (String port : List.of("smtp", "submission")) {
            try (Wire wire = Wire.open(INSTALLATION.port(port))) {
                wire.answer();
                wire.ask("EHLO test");
                wire.send("STARTTLS\r\nEHLO injected\r\nMAIL FROM:<" + STRANGER + ">\r\n");
                assertThat(wire.rest()).doesNotContain("220 ").doesNotContain("250");
            }
        }
    }

    @Test
    void starttlsInjectionAfterALetterEndsTheConnectionToo() throws Exception {
        try (Wire wire = data("smtp")) {
            wire.ask("From: " + STRANGER + "\r\n\r\nSTARTTLS\r\nis but a word here\r\n.");
            wire.send("STARTTLS\r\nMAIL FROM:<" + STRANGER + ">\r\n");
            assertThat(wire.rest()).doesNotContain("220 ").doesNotContain("250");
        }
    }

    @Test
    void starttlsInjectionIntoPop3EndsTheConnection() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
            wire.line();
            wire.send("STLS\r\nUSER injected\r\n");
            assertThat(wire.rest()).doesNotContain("+OK");
        }
    }

    @Test
    void whatWasSaidBeforeTlsIsForgotten() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            wire.ask("MAIL FROM:<" + STRANGER + ">");
            assertThat(wire.ask("STARTTLS")).startsWith("220");
            wire.startTls();
            assertThat(wire.ask("RCPT TO:<" + INSTALLATION.recipient() + ">")).startsWith("503");
        }
    }

    @Test
    void theMxOffersNoLoginAndRelaysNothing() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            assertThat(wire.send("EHLO test\r\n").answers()).contains("STARTTLS").contains("SIZE").contains("8BITMIME").doesNotContain("AUTH");
            assertThat(wire.ask("AUTH PLAIN AGEAYg==")).startsWith("500");
            assertThat(wire.ask("MAIL FROM:<" + STRANGER + ">")).startsWith("250");
            assertThat(wire.ask("RCPT TO:<someone@gmail.example>")).startsWith("550 5.7.1");
            assertThat(wire.ask("RCPT TO:<someone%gmail.example@city.example>")).startsWith("550 5.1.1");
            assertThat(wire.ask("RCPT TO:<nobody@city.example>")).startsWith("550 5.1.1");
            assertThat(wire.ask("RCPT TO:<" + INSTALLATION.recipient().toUpperCase(Locale.ROOT) + ">")).startsWith("250");
        }
    }

    @Test
    void nobodyFromOutsideSpeaksForOurDomain() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            assertThat(wire.ask("MAIL FROM:<" + INSTALLATION.sender() + ">")).startsWith("550 5.7.1");
        }
        try (Wire wire = data("smtp")) {
            assertThat(wire.ask("From: " + INSTALLATION.sender() + "\r\n\r\ntext\r\n.")).startsWith("550 5.7.1");
        }
    }

    @Test
    void vrfyAndExpnTellNothing() throws Exception {
        for (String port : List.of("smtp", "lmtp")) {
            try (Wire wire = Wire.open(INSTALLATION.port(port))) {
                wire.answer();
                assertThat(wire.ask("VRFY " + INSTALLATION.recipient())).startsWith("500");
                assertThat(wire.ask("EXPN all")).startsWith("500");
                assertThat(wire.ask("HELP")).startsWith("500");
            }
        }
    }

    @Test
    void mailBeforeEhloIsRefused() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            assertThat(wire.ask("MAIL FROM:<" + STRANGER + ">")).startsWith("503");
        }
    }

    @Test
    void manyUnknownCommandsEndTheConnection() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.send("GET / HTTP/1.1\r\n".repeat(10));
            assertThat(wire.rest().lines()).hasSize(10).allMatch(line -> line.startsWith("500"));
        }
    }

    @Test
    void aLetterThatIsTooLongIsRefusedWith552() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            assertThat(wire.ask("MAIL FROM:<" + STRANGER + "> SIZE=99999999")).startsWith("552");
        }
        try (Wire wire = data("smtp")) {
            wire.send("From: " + STRANGER + "\r\n\r\n");
            String line = "x".repeat(998) + "\r\n";
            for (int i = 0; i < 11_000; i++) {
                wire.send(line);
            }
            assertThat(wire.ask(".")).startsWith("552");
            assertThat(wire.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void aLineWithoutEndIsCutOff() throws Exception {
        for (String port : List.of("smtp", "lmtp", "pop3")) {
            try (Wire wire = Wire.open(INSTALLATION.port(port))) {
                wire.line();
                try {
                    wire.send("x".repeat(70_000));
                } catch (IOException e) {
                    // already closed: as good
                }
                assertThat(wire.rest()).contains("Line too long");
            }
        }
    }

    @Test
    void tooManyRecipientsAreRefusedForNow() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            wire.ask("MAIL FROM:<" + STRANGER + ">");
            String rcpt = "RCPT TO:<" + INSTALLATION.recipient() + ">\r\n";
            wire.send(rcpt.repeat(1_001));
            String last = "";
            for (int i = 0; i < 1_001; i++) {
                last = wire.answer();
            }
            assertThat(last).startsWith("452 4.5.3");
        }
    }

    @Test
    void oneAddressKeepsOnlySoManyConnections() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket("127.0.0.1", INSTALLATION.port("pop3"));
                sockets.add(socket);
                assertThat(socket.getInputStream().read()).isEqualTo('+');
            }
            try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
                assertThat(wire.rest()).isEmpty();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().until(() -> {
            try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
                return wire.line().startsWith("+OK");
            }
        });
    }

    /** A connection that has been told to send the letter. */
    private static Wire data(String port) throws Exception {
        Wire wire = Wire.open(INSTALLATION.port(port));
        wire.answer();
        wire.ask("EHLO test");
        wire.ask("MAIL FROM:<" + STRANGER + ">");
        wire.ask("RCPT TO:<" + INSTALLATION.recipient() + ">");
        assertThat(wire.ask("DATA")).startsWith("354");
        return wire;
    }
}
