package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mbsync and msmtp of Debian, with app passwords and with tokens. mbsync's XOAUTH2 comes from the package libsasl2-modules-kdexoauth2. */
class RealClientsTest {

    /** The beginning of <code>{"status":"401"</code> in base64 (RFC 7628, 3.2.2). */
    private static final String UNAUTHORIZED = "eyJzdGF0dXMiOiI0MDEi";
    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    private final TestPerson person = INSTALLATION.directory.people().get(3);

    @TempDir
    private Path folder;

    /** Where all tests must run nothing is passed over: a missing program is then a failure. */
    @BeforeAll
    static void theProgramsAreThere() {
        boolean there = Stream.of("mbsync", "msmtp").allMatch(program -> Files.isExecutable(Path.of("/usr/bin", program)));
        if (System.getenv("CI") != null) {
            assertThat(there).as("mbsync and msmtp are installed").isTrue();
        }
        Assumptions.assumeTrue(there, "mbsync and msmtp are not installed");
    }

    @ParameterizedTest
    @CsvSource({"oauthbearer,submissions", "oauthbearer,submission", "xoauth2,submission", "plain,submission", "login,submissions"})
    void msmtpSends(String mechanism, String port) throws Exception {
        String subject = "msmtp " + UUID.randomUUID();
        String secret = mechanism.endsWith("2") || mechanism.startsWith("oauth") ? INSTALLATION.issuer.token(person.number()) : TestInstallation.PASSWORD;

        assertThat(msmtp(mechanism, port, secret, subject)).startsWith("0");

        TestClient mailbox = new TestClient(INSTALLATION, person.address());
        await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains(subject));
    }

    @ParameterizedTest
    @CsvSource({"oauthbearer", "xoauth2"})
    void msmtpIsRefusedWithAnothersToken(String mechanism) throws Exception {
        String other = INSTALLATION.issuer.token(INSTALLATION.directory.people().get(0).number());
        assertThat(msmtp(mechanism, "submission", other, "x")).doesNotStartWith("0").contains("535 5.7.8");
    }

    @ParameterizedTest
    @CsvSource({"PLAIN", "XOAUTH2"})
    void mbsyncFetches(String mechanism) throws Exception {
        String subject = "mbsync " + UUID.randomUUID();
        new TestClient(INSTALLATION, INSTALLATION.sender()).send("submission", person.address(), subject, "text", "a.txt", new byte[] {1});
        TestClient mailbox = new TestClient(INSTALLATION, person.address());
        await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains(subject));

        assertThat(mbsync(mechanism, mechanism.equals("PLAIN") ? TestInstallation.PASSWORD : INSTALLATION.issuer.token(person.number()))).startsWith("0");

        try (Stream<Path> letters = Files.walk(folder.resolve("mail"))) {
            assertThat(letters.filter(Files::isRegularFile).filter(file -> contains(file, subject))).hasSize(1);
        }
    }

    @Test
    void mbsyncIsRefusedWithTheDirectoryPasswordAndWithAnothersToken() throws Exception {
        assertThat(mbsync("PLAIN", person.password())).doesNotStartWith("0").contains("AUTHENTICATIONFAILED");
        assertThat(mbsyncUntilItWaits(INSTALLATION.issuer.token(INSTALLATION.directory.people().get(0).number())))
            .contains("+ " + UNAUTHORIZED).doesNotContain("2 OK");
    }

    private String msmtp(String mechanism, String port, String secret, String subject) throws Exception {
        Path config = folder.resolve("msmtprc");
        Files.writeString(config, """
            account default
            host localhost
            port %d
            tls on
            tls_starttls %s
            tls_trust_file %s
            auth %s
            user %s
            passwordeval cat %s
            from %s
            """.formatted(INSTALLATION.port(port), port.equals("submission") ? "on" : "off", INSTALLATION.trust(), mechanism, person.address(), secret(secret), person.address()));
        config.toFile().setReadable(false, false);
        config.toFile().setReadable(true, true);
        return run("From: " + person.address() + "\nTo: " + person.address() + "\nSubject: " + subject + "\n\ntext\n", "msmtp", "--file=" + config, person.address());
    }

    /** What is said with another's token. Debian's mbsync answers nothing to a refusal and would wait a minute, until the server closes. */
    private String mbsyncUntilItWaits(String token) throws Exception {
        Process process = new ProcessBuilder("mbsync", "-Dn", "-c", mbsyncrc("XOAUTH2", token).toString(), "inbox").redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null && !line.contains("wants more steps"); line = lines.readLine()) {
                said.append(line).append('\n');
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said.toString();
    }

    private String mbsync(String mechanism, String secret) throws Exception {
        return run("", "mbsync", "-c", mbsyncrc(mechanism, secret).toString(), "inbox");
    }

    private Path mbsyncrc(String mechanism, String secret) throws IOException {
        Path maildir = Files.createDirectories(folder.resolve("mail"));
        Path config = folder.resolve("mbsyncrc");
        Files.writeString(config, """
            IMAPAccount antin
            Host localhost
            Port %d
            User %s
            PassCmd "cat %s"
            SSLType IMAPS
            CertificateFile %s
            AuthMechs %s

            IMAPStore remote
            Account antin

            MaildirStore local
            Path %s/
            Inbox %s/INBOX

            Channel inbox
            Far :remote:INBOX
            Near :local:INBOX
            Create Near
            Sync Pull
            SyncState *
            """.formatted(INSTALLATION.port("imaps"), person.address(), secret(secret), INSTALLATION.trust(), mechanism, maildir, maildir));
        return config;
    }

    private Path secret(String secret) throws IOException {
        return Files.writeString(folder.resolve("secret"), secret);
    }

    /** Exit code and output. */
    private static String run(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        return process.exitValue() + " " + output;
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
