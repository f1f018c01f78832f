package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person sends under their own addresses only, whatever tricks the header plays. */
class SenderTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final String OWN = "an.nguyen@city.example";
    private static final String ALIAS = "chutich@city.example";
    private static final String BOSS = "binh.tran@city.example";

    @ParameterizedTest
    @ValueSource(strings = {
        "From: " + BOSS,
        "From: Trần Thị Bình <" + BOSS + ">",
        "From: " + OWN + "\r\nSender: " + BOSS,
        "From: " + OWN + "\r\nFrom: " + BOSS,
        "From: " + OWN + ", " + BOSS,
        "from : " + BOSS + "\r\nFrom: " + OWN,
        "From: \"" + BOSS + "\" <" + OWN + ">",
        "From: =?utf-8?q?binh.tran=40city.example?= <" + OWN + ">",
        "From: \"=?utf-8?q?binh.tran=40city.example?=\" <" + OWN + ">",
        "From: =?utf-8?q?binh.tran?=\r\n =?utf-8?q?=40city.example?= <" + OWN + ">",
        "From: (=?utf-8?b?YmluaC50cmFuQGNpdHkuZXhhbXBsZQ==?=) " + OWN,
        "From: \"binh.tran\uff20city.example\" <" + OWN + ">",
        "From: " + OWN + " (" + BOSS + ")",
        "From: <" + OWN + "> <" + BOSS + ">",
        "From: " + BOSS + " <" + OWN + ">",
        "From: friends: " + OWN + ";",
        "From: =?utf-8?q?binh.tran=40city.example?=",
        "From: " + OWN + "\r\n , " + BOSS,
        "From: " + OWN + "\r\nResent-From: " + BOSS,
        "From: an.nguyen@city.example.evil.example",
        "From:",
        "Subject: no sender at all",
        "not a header line\r\nFrom: " + OWN,
        "From: " + OWN + "\r\nSender: " + OWN + "\r\nSender: " + BOSS,
        "From: " + OWN + "\0" + BOSS})
    void aForgedHeaderIsRefused(String header) throws Exception {
        try (Wire wire = submission()) {
            assertThat(send(wire, OWN, header)).startsWith("550 5.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "From: " + OWN,
        "From: AN.NGUYEN@City.Example",
        "From: Nguyễn Văn An <" + OWN + ">",
        "From: =?utf-8?B?Tmd1eeG7hW4gVsSDbiBBbg==?= <" + OWN + ">",
        "From: \"Nguyễn, Văn An\" <" + ALIAS + ">\r\nSender: " + OWN,
        "From: " + OWN + "\r\nReply-To: office@elsewhere.example",
        "From: " + OWN + ",\r\n " + ALIAS})
    void anOwnHeaderIsTaken(String header) throws Exception {
        try (Wire wire = submission()) {
            assertThat(send(wire, OWN, header)).startsWith("250 2.6.0");
        }
    }

    @Test
    void aSecondFromBehindAMebibyteOfHeaderIsNotOverlooked() throws Exception {
        try (Wire wire = submission()) {
            assertThat(send(wire, OWN, "From: " + OWN + "\r\n" + ("X-Pad: " + "x".repeat(900) + "\r\n").repeat(1_300) + "From: " + BOSS)).startsWith("550 5.6.0");
        }
    }

    @Test
    void aForgedEnvelopeIsRefusedAndAudited() throws Exception {
        try (Wire wire = submission()) {
            assertThat(wire.ask("MAIL FROM:<" + BOSS + ">")).startsWith("550 5.7.1");
            assertThat(wire.ask("MAIL FROM:<" + ALIAS + ">")).startsWith("250");
        }
        assertThat(INSTALLATION.audit()).contains("\"act\":\"mail.refused\"").contains("\"x-claimed\":\"" + BOSS + "\"");
    }

    @Test
    void aLetterToAnotherDomainIsRefusedAtOnce() throws Exception {
        try (Wire wire = submission()) {
            wire.ask("MAIL FROM:<" + OWN + ">");
            assertThat(wire.ask("RCPT TO:<friend@elsewhere.example>")).startsWith("550 5.7.1");
            assertThat(wire.ask("RCPT TO:<nobody@city.example>")).startsWith("550 5.1.1");
        }
    }

    @Test
    void anEightBitLetterArrivesWhole() throws Exception {
        String body = "Kính gửi: Sở Nội vụ\r\n.. two dots\r\n\tđã ký\r\n";
        String subject = "Tám bit " + System.nanoTime();
        try (Wire wire = submission()) {
            wire.ask("MAIL FROM:<" + OWN + "> BODY=8BITMIME");
            wire.ask("RCPT TO:<" + OWN + ">");
            wire.ask("DATA");
            assertThat(wire.ask("From: " + OWN + "\r\nSubject: " + subject + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\nBcc: " + BOSS + "\r\n\r\n" + body.replace("\r\n..", "\r\n...") + ".")).startsWith("250");
        }
        try (Wire wire = Wire.openTls(INSTALLATION.port("imaps"))) {
            wire.line();
            wire.imap("a", "LOGIN " + OWN + " " + TestInstallation.PASSWORD);
            await().untilAsserted(() -> {
                wire.imap("b", "SELECT INBOX");
                wire.send("c FETCH * BODY.PEEK[]\r\n");
                StringBuilder all = new StringBuilder();
                for (String line = wire.line(); !line.startsWith("c "); line = wire.line()) {
                    all.append(line).append("\r\n");
                }
                assertThat(all).contains("Subject: " + MimeUtility.encodeText(subject, "UTF-8", "B")).contains(body).doesNotContain("Bcc:");
            });
        }
    }

    private static Wire submission() throws Exception {
        Wire wire = Wire.openTls(INSTALLATION.port("submissions"));
        wire.answer();
        wire.ask("EHLO test");
        String plain = Base64.getEncoder().encodeToString(("\0" + OWN + '\0' + TestInstallation.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(wire.ask("AUTH PLAIN " + plain)).startsWith("235");
        return wire;
    }

    private static String send(Wire wire, String envelope, String header) throws Exception {
        wire.ask("MAIL FROM:<" + envelope + "> BODY=8BITMIME");
        wire.ask("RCPT TO:<" + OWN + ">");
        wire.ask("DATA");
        return wire.ask(header + "\r\nX-Test: 1\r\n\r\ntext\r\n.");
    }
}
