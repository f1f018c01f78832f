package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The sample city's {@code van-thu.so-noi-vu}: two people read it, one of them sends from it. */
class FunctionalMailboxTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final String CLERKS = "van-thu.so-noi-vu@city.example";
    private static final String SENDS = "huong.vu@city.example";
    private static final String READS_ONLY = "duc.hoang@city.example";

    @Test
    void aLetterToItReachesAllThatReadIt() throws Exception {
        String subject = "Công văn đến " + System.nanoTime();
        new TestClient(INSTALLATION, INSTALLATION.sender()).send("submission", CLERKS, subject, "Kính gửi", "a.txt", new byte[] {1});
        for (String reader : new String[] {SENDS, READS_ONLY}) {
            TestClient mailbox = new TestClient(INSTALLATION, reader);
            await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains(subject));
        }
    }

    @Test
    void whoMaySendFromItDoesAndWhoReadsOnlyDoesNot() throws Exception {
        try (Wire wire = submission(SENDS)) {
            assertThat(wire.ask("MAIL FROM:<" + CLERKS + ">")).startsWith("250");
            wire.ask("RCPT TO:<" + READS_ONLY + ">");
            wire.ask("DATA");
            assertThat(wire.ask("From: " + CLERKS + "\r\n\r\ntext\r\n.")).startsWith("250 2.6.0");
        }
        try (Wire wire = submission(READS_ONLY)) {
            assertThat(wire.ask("MAIL FROM:<" + CLERKS + ">")).startsWith("550 5.7.1");
            wire.ask("MAIL FROM:<" + READS_ONLY + ">");
            wire.ask("RCPT TO:<" + SENDS + ">");
            wire.ask("DATA");
            assertThat(wire.ask("From: " + CLERKS + "\r\n\r\ntext\r\n.")).startsWith("550 5.7.1");
        }
    }

    private static Wire submission(String person) throws Exception {
        Wire wire = Wire.openTls(INSTALLATION.port("submissions"));
        wire.answer();
        wire.ask("EHLO test");
        String plain = Base64.getEncoder().encodeToString(("\0" + person + '\0' + TestInstallation.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(wire.ask("AUTH PLAIN " + plain)).startsWith("235");
        return wire;
    }
}
