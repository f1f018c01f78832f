package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.acceptance.Antin.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/journeys/1-log-in-and-read-mail.md */
@Tag("journey")
@DisplayName("Journey 1: log in and read mail")
@ExtendWith(UnderTest.class)
class ReadMailJourneyTest {

    private Antin antin;
    private Person sender;
    private Person reader;

    @BeforeEach
    void people(Antin underTest) {
        antin = underTest;
        List<Person> people = antin.people();
        sender = people.get(0);
        reader = people.get(1);
    }

    @Test
    void aNewAppPasswordFromTheAccountPageSendsALetterThatAnotherPersonFetches(@TempDir Path folder) throws Exception {
        // Step 1: the login page takes the directory password, then a one-time code.
        Browser browser = new Browser(antin, folder);
        browser.logIn(sender);

        // Step 2: the account page gives an app password, once.
        String password = browser.issueAppPassword("Máy tính cơ quan");
        assertThat(browser.appPasswordsPage()).contains("Máy tính cơ quan").doesNotContain(password);

        // Step 3: an ordinary client sends with it.
        Letter letter = letter("Công văn khẩn: họp Ủy ban nhân dân ngày 22/11/2026");
        assertThat(new MailClient(antin, sender, password).send(letter).succeeds().output()).contains("250 2.");

        // Step 4: the second person's client fetches it, intact.
        MailClient client = new MailClient(antin, reader, antin.appPassword(reader));
        String message = await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(1))
            .until(() -> client.fetchAll(Files.createTempDirectory(folder, "box")).stream().filter(text -> text.contains(letter.id())).findFirst().orElse(""),
                text -> !text.isEmpty());
        assertThat(message).contains(letter.encodedSubject()).endsWith(letter.body());

        // Step 5: a revoked app password opens nothing any more.
        browser.revokeAppPassword("Máy tính cơ quan");
        assertThat(new MailClient(antin, sender, password).logInToSmtp().output()).contains("535 5.7.8");
    }

    @Test
    void theDirectoryPasswordAloneOpensNoMailbox() {
        MailClient client = new MailClient(antin, antin.people().get(4), antin.people().get(4).password());
        assertThat(client.logInToSmtp().output()).contains("535 5.7.8");
        assertThat(client.logInToImap().output()).containsPattern("< \\S+ NO \\[AUTHENTICATIONFAILED]");
        assertThat(client.logInToPop3().output()).contains("< -ERR");
    }

    @Test
    void nobodySendsInAnothersName() {
        MailClient client = new MailClient(antin, sender, antin.appPassword(sender));
        Letter forged = new Letter(UUID.randomUUID() + "@client.example", reader.address(), reader.address(), "Giả mạo");
        assertThat(client.send(forged, sender.address()).output()).contains("550 5.7.1");
        assertThat(client.send(letter("Giả mạo"), reader.address()).output()).containsPattern("5\\d\\d 5\\.7\\.1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"8440,", "10993,", "10465,", "10995,", "10636,", "10587,smtp", "10143,imap", "10110,pop3", "10025,smtp", "10389,ldap"})
    void everyListenersCertificateLeadsToTheSampleRoot(int port, String starttls) {
        List<String> command = new java.util.ArrayList<>(List.of("openssl", "s_client", "-connect", "localhost:" + antin.port(port), "-CAfile", antin.root(),
            "-verify_return_error", "-verify_hostname", "localhost", "-brief"));
        if (starttls != null) {
            command.addAll(List.of("-starttls", starttls));
        }
        String output = Tool.run(command.toArray(String[]::new)).succeeds().output();
        assertThat(output).contains("Verification: OK").containsPattern("Protocol version: TLSv1\\.[23]");
    }

    @Test
    void theCodeThatSamplePrintsIsOathtools() throws Exception {
        String ours = antin.run("sample", "otp", sender.address()).succeeds().text();
        String theirs = antin.code(sender);
        if (!ours.equals(theirs)) { // the step changed between the two
            ours = antin.run("sample", "otp", sender.address()).succeeds().text();
        }
        assertThat(ours).isEqualTo(theirs);
    }

    private Letter letter(String subject) {
        return new Letter(UUID.randomUUID() + "@client.example", sender.address(), reader.address(), subject);
    }
}
