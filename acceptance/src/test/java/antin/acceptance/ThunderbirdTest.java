package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.acceptance.Antin.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Thunderbird with our add-on: its owner logs in with a browser, and no password is ever typed into it. */
@DisplayName("Thunderbird reads and sends with OAuth 2")
@ExtendWith(UnderTest.class)
class ThunderbirdTest {

    private static final String SERVICES = "const {MailServices} = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');";
    private static final String INBOX = SERVICES + "const server = MailServices.accounts.defaultAccount.incomingServer;"
        + "const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox); const window = Services.wm.getMostRecentWindow('mail:3pane').msgWindow;";

    @Test
    void readsAndSendsAfterALoginInTheBrowser(Antin antin, @TempDir Path folder) throws Exception {
        Person reader = antin.people().get(6);
        Person sender = antin.people().get(1);
        Letter letter = new Letter(UUID.randomUUID() + "@client.example", sender.address(), reader.address(), "Thư cho Thunderbird");
        assertThat(new MailClient(antin, sender, antin.appPassword(sender)).send(letter).succeeds().output()).contains("250 2.");
        Path addOn = folder.resolve("an-tin.xpi");
        Tool.run("curl", "-sS", "--fail", "--cacert", antin.root(), "-o", addOn.toString(), "https://localhost:" + antin.port(8440) + "/mail-clients/an-tin-thunderbird.xpi").succeeds();

        try (Thunderbird thunderbird = Thunderbird.start()) {
            thunderbird.install(addOn);
            thunderbird.run("Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64('" + der(antin) + "', 'C,C,C');");
            thunderbird.run(account(antin, reader));
            thunderbird.run(INBOX + "server.performExpand(window);");

            // It asks its owner's browser, which logs in with password and code, and hands the answer to Thunderbird's own port
            await().atMost(Duration.ofSeconds(60)).until(() -> !thunderbird.links().isEmpty());
            Browser browser = new Browser(antin, folder);
            browser.logIn(reader);
            String answer = browser.leaves(thunderbird.links().getFirst());
            assertThat(answer).startsWith("http://127.0.0.1:").contains("code=", "iss=");
            Tool.run("curl", "-sS", "--max-time", "20", answer).succeeds();

            String subjects = INBOX + "inbox?.getNewMessages(window, null);"
                + "return inbox ? [...inbox.messages].map(header => header.mime2DecodedSubject).join('\\n') : '';";
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(thunderbird.run(subjects)).contains("Thư cho Thunderbird"));

            Letter answered = new Letter(UUID.randomUUID() + "@client.example", reader.address(), sender.address(), "Trả lời từ Thunderbird");
            Path file = Files.writeString(folder.resolve("letter.eml"), answered.mime());
            thunderbird.run(send(file, reader, sender));
            MailClient client = new MailClient(antin, sender, antin.appPassword(sender));
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(2))
                .until(() -> client.fetchAll(Files.createTempDirectory(folder, "box")).stream().anyMatch(text -> text.contains(answered.id())));
            assertThat(thunderbird.links()).as("one login for reading and sending").hasSize(1);
        }
    }

    private static String account(Antin antin, Person person) {
        return SERVICES + """
            const user = '%s';
            const server = MailServices.accounts.createIncomingServer(user, '127.0.0.1', 'imap');
            server.port = %d; server.socketType = Ci.nsMsgSocketType.SSL; server.authMethod = Ci.nsMsgAuthMethod.OAuth2;
            const outgoing = MailServices.outgoingServer.createServer('smtp');
            const smtp = outgoing.QueryInterface(Ci.nsISmtpServer);
            smtp.hostname = '127.0.0.1'; smtp.port = %d;
            outgoing.socketType = Ci.nsMsgSocketType.SSL; outgoing.authMethod = Ci.nsMsgAuthMethod.OAuth2; outgoing.username = user;
            const identity = MailServices.accounts.createIdentity();
            identity.email = user; identity.smtpServerKey = outgoing.key;
            const account = MailServices.accounts.createAccount();
            account.addIdentity(identity); account.incomingServer = server; MailServices.accounts.defaultAccount = account;
            """.formatted(person.address(), antin.port(10993), antin.port(10465));
    }

    private static String send(Path file, Person from, Person to) {
        return SERVICES + """
            const outgoing = MailServices.outgoingServer.defaultServer;
            const letter = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile); letter.initWithPath('%s');
            const identity = MailServices.accounts.defaultAccount.defaultIdentity;
            await new Promise((done, failed) => outgoing.sendMailMessage(letter, MailServices.headerParser.makeFromDisplayAddress('%s'), [], identity, '%s', null, null, false, '',
                {onSendStart() {}, onSendStop(uri, status) { status === 0 ? done() : failed('sending ended with ' + status); }}));
            """.formatted(file, to.address(), from.address());
    }

    private static String der(Antin antin) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(antin.root())).stream().filter(line -> !line.isBlank() && !line.startsWith("-")).toList();
        String base64 = lines.stream().collect(Collectors.joining());
        assertThat(Base64.getDecoder().decode(base64)).isNotEmpty();
        return base64;
    }
}
