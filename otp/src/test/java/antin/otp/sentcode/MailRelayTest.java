package antin.otp.sentcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestAuthority;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.otp.sentcode.MailRelay.Settings.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay's side is a real SMTP server with TLS on a socket. */
class MailRelayTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test Relay CA");
    private static final String TEXT = "Mã đăng nhập: 12345678";

    @TempDir
    private Path folder;

    @BeforeEach
    void trust() throws IOException {
        AUTHORITY.write(folder.resolve("root.pem"));
        SecretFile.write(folder.resolve("password"), "relay password");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsUnderTlsWithItsPasswordAndNothingBefore(boolean fromStart) throws Exception {
        try (TestRelay server = relay(fromStart, true)) {
            mailer(server, "localhost", "root.pem", fromStart).send("an@ngoai.example", TEXT);
            String plain = Base64.getEncoder().encodeToString("city\0city\0relay password".getBytes(StandardCharsets.UTF_8));
            assertThat(server.said).contains("tls: AUTH PLAIN " + plain, "tls: MAIL FROM:<khong-tra-loi@city.example>", "tls: RCPT TO:<an@ngoai.example>", "tls: Auto-Submitted: auto-generated");
            assertThat(server.said).filteredOn(line -> !line.startsWith("tls: ")).as("in the clear").allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
            assertThat(String.join("\n", server.said)).containsAnyOf(Base64.getEncoder().encodeToString(TEXT.getBytes(StandardCharsets.UTF_8)), "M=C3=A3 =C4=91=C4=83ng nh=E1=BA=ADp: 12345678");
        }
    }

    @Test
    void saysNothingToARelayWithoutStartTls() throws Exception {
        try (TestRelay server = relay(false, false)) {
            refuses(mailer(server, "localhost", "root.pem", false));
            assertThat(server.said).noneMatch(line -> line.contains("AUTH PLAIN") || line.startsWith("MAIL"));
        }
    }

    @Test
    void saysNothingToARelayWhoseCertificateItDoesNotTrust() throws Exception {
        new TestAuthority("CN=Another CA").write(folder.resolve("other.pem"));
        try (TestRelay server = relay(false, true)) {
            refuses(mailer(server, "localhost", "other.pem", false));
            assertThat(server.said).noneMatch(line -> line.startsWith("tls: "));
        }
    }

    @Test
    void saysNothingToARelayOfAnotherName() throws Exception {
        try (TestRelay server = TestRelay.start("127.0.0.2", AUTHORITY, folder, false, true)) {
            refuses(mailer(server, "127.0.0.2", "root.pem", false));
            assertThat(server.said).noneMatch(line -> line.contains("AUTH PLAIN") || line.contains("MAIL FROM"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"AUTH, 535 5.7.8 wrong", "MAIL, 451 4.3.0 later", "RCPT, 450 4.2.1 busy", "RCPT, 550 5.1.1 unknown", "., 452 4.2.2 full", "., 554 5.7.1 no", "RCPT, ''", "., ''"})
    void takesARefusalOrSilenceForNoDelivery(String command, String answer) throws Exception {
        try (TestRelay server = relay(false, true)) {
            server.answers.put(command, answer);
            refuses(mailer(server, "localhost", "root.pem", false));
        }
    }

    @Test
    void isAwayWhereNobodyListens() throws Exception {
        TestRelay server = relay(false, true);
        server.close();
        refuses(mailer(server, "localhost", "root.pem", false));
    }

    private static void refuses(MailRelay relay) {
        assertThatThrownBy(() -> relay.send("an@ngoai.example", TEXT)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE);
            assertThat(problem.detail()).isEqualTo("The code could not be sent now.");
        });
    }

    private TestRelay relay(boolean fromStart, boolean startTls) throws IOException, GeneralSecurityException {
        return TestRelay.start("127.0.0.1", AUTHORITY, folder, fromStart, startTls);
    }

    private MailRelay mailer(TestRelay server, String host, String trust, boolean fromStart) {
        return new MailRelay(new MailRelay.Settings(host, server.port(), fromStart, Optional.of(new Login("city", folder.resolve("password"))), "khong-tra-loi@city.example",
            Optional.of(folder.resolve(trust))), Duration.ofMillis(1_500));
    }
}
