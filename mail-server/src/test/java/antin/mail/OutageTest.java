package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Parts that are away: letters wait, nobody is told that a person does not exist. */
class OutageTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    @Test
    void whileTheDirectoryIsAwayRecipientsAreTemporarilyRefused() throws Exception {
        INSTALLATION.directory.stopServer();
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            String mail = wire.ask("MAIL FROM:<stranger@elsewhere.example>");
            String rcpt = mail.startsWith("250") ? wire.ask("RCPT TO:<" + INSTALLATION.recipient() + ">") : mail;
            assertThat(rcpt).startsWith("451 4.4.3");
            await().atMost(Duration.ofSeconds(30)).until(() -> INSTALLATION.management("/ready").startsWith("503"));
            assertThat(INSTALLATION.management("/ready")).contains("\"directory\":\"away\"").contains("\"database\":\"up\"");
        } finally {
            INSTALLATION.directory.startServer();
        }
        await().atMost(Duration.ofSeconds(30)).until(INSTALLATION::ready);
    }

    @Test
    void aLetterThatCannotBeDeliveredIsReturnedAndKept() throws Exception {
        TestClient an = new TestClient(INSTALLATION, INSTALLATION.sender());
        String subject = "Undeliverable " + System.nanoTime();
        String victim = INSTALLATION.directory.people().get(9).address();
        try (Connection connection = INSTALLATION.database(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$");
            statement.execute("CREATE TRIGGER refuse BEFORE INSERT ON james_mailbox FOR EACH ROW WHEN (NEW.user_name = '" + victim
                + "') EXECUTE FUNCTION refuse()");
        }
        try {
            an.send("submission", victim, subject, "text", "a.txt", new byte[] {1});

            await().atMost(Duration.ofSeconds(30)).until(() -> an.subjects("imaps").stream().anyMatch(("Re: " + subject)::equals));
            try (Connection connection = INSTALLATION.database(); Statement statement = connection.createStatement();
                    ResultSet kept = statement.executeQuery("SELECT count(*) FROM james_mail_store WHERE repository_name = 'error'")) {
                kept.next();
                assertThat(kept.getLong(1)).isPositive();
            }
        } finally {
            try (Connection connection = INSTALLATION.database(); Statement statement = connection.createStatement()) {
                statement.execute("DROP TRIGGER refuse ON james_mailbox");
                statement.execute("DROP FUNCTION refuse");
            }
        }
    }

    @Test
    void metricsTellLettersLoginsAndTheQueue() {
        assertThat(INSTALLATION.management("/metrics")).startsWith("200").contains("antin_mail_queue").contains("jvm_memory_used_bytes")
            .contains("james_count");
        assertThat(INSTALLATION.management("/health")).startsWith("200");
    }
}
