package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            assertThat(mailbox.subjects("imaps")).containsOnlyOnce(subject);
        }
        INSTALLATION.backbone.delegate(SENDS, CLERKS);
        try (Wire wire = Door.IMAP.open(INSTALLATION)) {
            assertThat(Door.IMAP.authenticate(wire, "PLAIN", Door.plain(CLERKS, SENDS, TestInstallation.PASSWORD))).startsWith("a OK");
            assertThat(search(wire, subject)).as("its own mailbox").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whoMayReadItOpensItByToken(Door door) throws Exception {
        String reads = INSTALLATION.issuer.token(number(READS_ONLY));
        String sends = INSTALLATION.issuer.token(number(SENDS));
        String neither = INSTALLATION.issuer.token(number(INSTALLATION.sender()));
        for (String mechanism : new String[] {"OAUTHBEARER", "XOAUTH2"}) {
            assertThat(open(door, mechanism, sends)).startsWith(door.accepted);
            assertThat(open(door, mechanism, reads)).as("to send as it is another right").startsWith(door == Door.SMTP ? door.refused : door.accepted);
            assertThat(open(door, mechanism, neither)).startsWith(door.refused);
        }
    }

    @Test
    void aLetterMarkedReadInItsOwnMailboxStaysUnreadForItsReaders() throws Exception {
        String subject = "Riêng " + System.nanoTime();
        new TestClient(INSTALLATION, INSTALLATION.sender()).send("submission", CLERKS, subject, "Kính gửi", "a.txt", new byte[] {1});
        String token = INSTALLATION.issuer.token(number(READS_ONLY));
        await().atMost(Duration.ofSeconds(20)).until(() -> new TestClient(INSTALLATION, READS_ONLY).subjects("imaps").contains(subject));
        try (Wire shared = Door.IMAP.open(INSTALLATION); Wire own = Door.IMAP.open(INSTALLATION)) {
            Door.IMAP.authenticate(shared, "XOAUTH2", Door.xoauth2(CLERKS, token));
            shared.imap("b", "SELECT INBOX");
            assertThat(shared.imap("c", "STORE 1:* +FLAGS (\\Seen)")).startsWith("c OK");
            Door.IMAP.authenticate(own, "XOAUTH2", Door.xoauth2(READS_ONLY, token));
            assertThat(search(own, subject)).hasSize(1);
        }
    }

    @Test
    void whoLogsInForItStillSendsAsTheyMayAndNotOtherwise() throws Exception {
        try (Wire wire = Door.SMTP.open(INSTALLATION)) {
            assertThat(Door.SMTP.authenticate(wire, "XOAUTH2", Door.xoauth2(CLERKS, INSTALLATION.issuer.token(number(SENDS))))).startsWith("235");
            assertThat(wire.ask("MAIL FROM:<" + CLERKS + ">")).startsWith("250");
            wire.ask("RSET");
            assertThat(wire.ask("MAIL FROM:<" + SENDS + ">")).startsWith("250");
            wire.ask("RSET");
            assertThat(wire.ask("MAIL FROM:<" + READS_ONLY + ">")).startsWith("550 5.7.1");
        }
    }

    private static String open(Door door, String mechanism, String token) throws Exception {
        return door.authenticate(INSTALLATION, mechanism, mechanism.equals("XOAUTH2") ? Door.xoauth2(CLERKS, token) : Door.oauthbearer(CLERKS, token));
    }

    private static List<String> search(Wire wire, String subject) throws Exception {
        wire.imap("s", "SELECT INBOX");
        String word = subject.substring(subject.lastIndexOf(' ') + 1);
        String found = wire.send("t SEARCH UNSEEN SUBJECT " + word + "\r\n").line();
        assertThat(wire.untilTag("t")).startsWith("t OK");
        return List.of(found.substring("* SEARCH".length()).strip().split(" ")).stream().filter(number -> !number.isEmpty()).toList();
    }

    private static String number(String address) {
        return INSTALLATION.directory.people().stream().filter(person -> person.address().equals(address)).findFirst().orElseThrow().number();
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
