package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.mail.Message;
import javax.mail.Multipart;
import javax.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;

/** Letters from an ordinary client to an ordinary client, over every port. */
class MailFlowTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    @Test
    void aVietnameseLetterSentBySubmissionIsFetchedByImapIntact() throws Exception {
        TestClient an = new TestClient(INSTALLATION, INSTALLATION.sender());
        TestClient binh = new TestClient(INSTALLATION, INSTALLATION.recipient());
        String subject = "Công văn số 1: kính gửi các sở, ngành " + System.nanoTime();

        an.send("submission", binh.address(), subject, "Kính gửi đồng chí", "Quyết định.pdf", new byte[] {1, 2, 3});

        await().atMost(Duration.ofSeconds(20)).until(() -> binh.subjects("imaps").contains(subject));
        binh.withLetter("imaps", subject, letter -> {
            Multipart parts = (Multipart) letter.getContent();
            assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Kính gửi đồng chí");
            assertThat(MimeUtility.decodeText(parts.getBodyPart(1).getFileName())).isEqualTo("Quyết định.pdf");
            assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        });
        assertThat(INSTALLATION.audit()).contains("mail.accepted").contains(an.address());
    }

    @Test
    void everyPairOfPortsDeliversAndFetches() throws Exception {
        TestClient an = new TestClient(INSTALLATION, INSTALLATION.sender());
        String subject = "Every port " + System.nanoTime();
        for (String port : new String[] {"submission", "submissions"}) {
            an.send(port, an.address(), subject + port, "text", "a.txt", "a".getBytes(StandardCharsets.UTF_8));
        }
        for (String port : new String[] {"imap", "imaps", "pop3", "pop3s"}) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(an.subjects(port)).contains(subject + "submission", subject + "submissions"));
        }
    }

    @Test
    void anAliasReachesItsPerson() throws Exception {
        TestClient an = new TestClient(INSTALLATION, INSTALLATION.sender());
        String subject = "To the alias " + System.nanoTime();

        an.send("submission", "chutich@city.example", subject, "text", "a.txt", new byte[] {1});

        await().atMost(Duration.ofSeconds(20)).until(() -> an.subjects("imaps").contains(subject));
    }

    @FunctionalInterface
    interface Look {
        void at(Message letter) throws Exception;
    }
}
