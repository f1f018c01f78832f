package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {

    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    private Path home;
    private TestState state;

    @BeforeEach
    void prepare() throws IOException {
        state = TestState.prepare(home);
    }

    @Test
    void makesAllThatTheContractNames() throws Exception {
        state.bootstrap(NOW);
        assertThat(state.files()).containsKeys("ca/root.p12", "ca/issuing.p12", "ca/internal.p12", "tls/root.pem", "tls/issuing.pem",
            "tls/backbone.key", "tls/backbone.pem", "tls/mail-server.key", "tls/mail-server.pem", "tls/directory.key", "tls/directory.pem",
            "tls/directory.p12", "tls/internal/ca.pem", "tls/internal/backbone.key", "tls/internal/backbone.pem",
            "tls/internal/mail-server.key", "tls/internal/mail-server.pem", "tls/internal/ca-process.key", "tls/internal/ca-process.pem",
            "sample/root.pem", "audit/ca.log", "audit/ca.heads");
        assertThat(PemFile.certificates(home.resolve("sample/root.pem")).getFirst().getSubjectX500Principal().getName()).contains("SAMPLE");
    }

    @Test
    void keepsSecretsToTheOwner() throws Exception {
        state.bootstrap(NOW);
        for (String file : state.files().keySet()) {
            boolean secret = file.endsWith(".p12") || file.endsWith(".key");
            if (secret) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)))).as(file).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        state.bootstrap(NOW);
        Map<String, String> before = state.files();
        assertThat(state.bootstrap(NOW)).containsExactly("ca: every key and certificate is current");
        assertThat(state.files()).isEqualTo(before);
    }

    @Test
    void renewsLeavesThatEndSoonAndNoAuthority() throws Exception {
        state.bootstrap(Clock.offset(NOW, Duration.ofDays(-366)));
        Map<String, String> before = state.files();
        assertThat(state.bootstrap(NOW)).as("31 days are left").containsExactly("ca: every key and certificate is current");
        state.bootstrap(Clock.offset(NOW, Duration.ofDays(2)));
        assertThat(state.changedSince(before)).containsExactly("tls/backbone.key", "tls/backbone.pem", "tls/directory.key", "tls/directory.p12",
            "tls/directory.pem", "tls/internal/backbone.key", "tls/internal/backbone.pem", "tls/internal/ca-process.key", "tls/internal/ca-process.pem",
            "tls/internal/mail-server.key", "tls/internal/mail-server.pem", "tls/mail-server.key", "tls/mail-server.pem");
    }

    @Test
    void renewsListenersWhenTheirHostsChange() throws Exception {
        state.bootstrap(NOW);
        Map<String, String> before = state.files();
        state.configure("mail.city.example,192.0.2.1,2001:db8::1");
        state.bootstrap(NOW);
        assertThat(state.changedSince(before)).contains("tls/backbone.pem", "tls/mail-server.pem", "tls/directory.p12")
            .noneMatch(file -> file.startsWith("ca/") || file.startsWith("tls/internal/"));
        assertThat(PemFile.certificates(home.resolve("tls/backbone.pem")).getFirst().getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))).containsExactlyInAnyOrder("mail.city.example", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void mendsWhatACrashOrAHandLeftHalfMade() throws Exception {
        state.bootstrap(NOW);
        Map<String, String> whole = state.files();
        Files.delete(home.resolve("tls/backbone.pem"));
        Files.copy(home.resolve("tls/mail-server.key"), home.resolve("tls/directory.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(home.resolve("tls/internal/backbone.pem"), "-----BEGIN CERTIFICATE-----\nMIIB");
        Files.writeString(home.resolve("tls/directory.p12"), "");
        Files.writeString(home.resolve("tls/root.pem"), "");
        Files.delete(home.resolve("tls/internal/ca.pem"));
        state.bootstrap(NOW);
        assertThat(state.changedSince(whole)).containsExactlyInAnyOrder("tls/backbone.key", "tls/backbone.pem", "tls/directory.key", "tls/directory.pem",
            "tls/directory.p12", "tls/internal/backbone.key", "tls/internal/backbone.pem");
        assertThat(state.bootstrap(NOW)).containsExactly("ca: every key and certificate is current");
    }

    @Test
    void makesNoSecondRootWhereTheFirstLiesElsewhere() throws Exception {
        state.bootstrap(NOW);
        Files.delete(home.resolve("ca/root.p12"));
        assertThat(state.bootstrap(NOW)).containsExactly("ca: every key and certificate is current");
        assertThat(home.resolve("ca/root.p12")).doesNotExist();
    }

    @Test
    void neverReplacesAnAuthorityWhosePasswordIsLost() throws Exception {
        state.bootstrap(NOW);
        SecretFile.write(home.resolve("secrets/ca-issuing.password"), "another");
        Map<String, String> before = state.files();
        assertThatThrownBy(() -> state.bootstrap(NOW)).isInstanceOf(Problem.class).hasMessageContaining("issuing.p12").hasMessageContaining("ca-issuing.password");
        assertThat(state.files()).isEqualTo(before);
    }

    @Test
    void keepsIntentBeforeAndOutcomeAfterEachSignature() throws IOException, GeneralSecurityException {
        state.bootstrap(NOW);
        List<String> lines = Files.readAllLines(home.resolve("audit/ca.log"));
        assertThat(lines).hasSize(2 * 9);
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(lines.get(i)).contains("\"act\":\"certificate.issue\",\"outcome\":\"begun\"").contains("x-subject");
            assertThat(lines.get(i + 1)).contains("\"outcome\":\"done\"").contains(serial(lines.get(i)));
        }
    }

    private static String serial(String line) {
        int at = line.indexOf("x-serial");
        return line.substring(at, line.indexOf('"', at + "x-serial\":\"".length()));
    }
}
