package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.bootstrap.IssuedFolder;
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
        assertThat(state.files()).containsKeys("ca/root.p12", "ca/issuing.p12", "ca/persons.p12", "ca/agencies.p12", "ca/internal.p12", "ca/recovery.p12", "ca/recovery.pem", "tls/root.pem", "tls/issuing.pem",
            "tls/persons.pem", "tls/agencies.pem", "status/ocsp-persons.p12", "status/ocsp-agencies.p12", "secrets/ca-persons.password", "secrets/ca-agencies.password",
            "tls/backbone.key", "tls/backbone.pem", "tls/mail-server.key", "tls/mail-server.pem", "tls/directory.key", "tls/directory.pem",
            "tls/directory.p12", "tls/internal/ca.pem", "tls/internal/backbone.key", "tls/internal/backbone.pem",
            "tls/internal/mail-server.key", "tls/internal/mail-server.pem", "tls/internal/ca-process.key", "tls/internal/ca-process.pem",
            "tls/internal/signing-service.key", "tls/internal/signing-service.pem", "tls/internal/launcher.key", "tls/internal/launcher.pem",
            "tls/signing-service.key", "tls/signing-service.pem", "status/ocsp-root.p12", "status/ocsp-issuing.p12", "status/tsa.p12",
            "secrets/status-keys.password", "sample/root.pem", "audit/ca.log", "audit/ca.heads");
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
        assertThat(state.changedSince(before)).containsExactly("status/ocsp-agencies.p12", "status/ocsp-issuing.p12", "status/ocsp-persons.p12", "status/ocsp-root.p12", "status/tsa.p12",
            "tls/backbone.key", "tls/backbone.pem", "tls/directory.key", "tls/directory.p12",
            "tls/directory.pem", "tls/internal/backbone.key", "tls/internal/backbone.pem", "tls/internal/ca-process.key", "tls/internal/ca-process.pem",
            "tls/internal/launcher.key", "tls/internal/launcher.pem", "tls/internal/mail-server.key", "tls/internal/mail-server.pem",
            "tls/internal/signing-service.key", "tls/internal/signing-service.pem", "tls/mail-server.key", "tls/mail-server.pem",
            "tls/signing-service.key", "tls/signing-service.pem");
    }

    @Test
    void renewsListenersWhenTheirHostsChange() throws Exception {
        state.bootstrap(NOW);
        Map<String, String> before = state.files();
        state.configure("mail.city.example,192.0.2.1,2001:db8::1");
        state.bootstrap(NOW);
        assertThat(state.changedSince(before)).contains("tls/backbone.pem", "tls/mail-server.pem", "tls/directory.p12")
            .noneMatch(file -> file.endsWith(".p12") && file.startsWith("ca/") || file.startsWith("tls/internal/"));
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
    void asksForTheRootWhereOnlyItsKeyCanRenew() throws Exception {
        state.bootstrap(NOW);
        Files.move(home.resolve("ca/root.p12"), home.resolve("elsewhere"));
        Files.delete(home.resolve("status/ocsp-root.p12"));
        assertThat(state.bootstrap(NOW)).anyMatch(line -> line.contains("Bring ca/root.p12 back"));
        Files.move(home.resolve("elsewhere"), home.resolve("ca/root.p12"));
        state.bootstrap(NOW);
        assertThat(home.resolve("status/ocsp-root.p12")).exists();
    }

    @Test
    void leavesForTheLedgerWhatItSigned() throws Exception {
        state.bootstrap(NOW);
        List<IssuedFolder.Entry> entries = state.issued().entries();
        assertThat(entries).hasSize(20).allMatch(entry -> entry.certificate().isPresent());
        assertThat(entries.stream().map(entry -> entry.intent().issuer())).contains("root", "issuing", "persons", "agencies", "internal");
        assertThat(entries.stream().map(entry -> entry.certificate().orElseThrow())).containsAll(state.certificatesInUse());
    }

    @Test
    void leavesForTheLedgerWhatAnEarlierVersionSigned() throws Exception {
        asBeforeThereWerePersonsAndAgencies();
        for (IssuedFolder.Entry entry : state.issued().entries()) {
            state.issued().forget(entry.intent().serial());
        }
        Files.delete(home.resolve("ca/issued"));
        for (String later : List.of("tls/signing-service.pem", "status/ocsp-root.p12", "status/ocsp-issuing.p12", "status/tsa.p12", "ca/recovery.p12", "ca/recovery.pem")) {
            Files.delete(home.resolve(later));
        }
        state.bootstrap(NOW);
        assertThat(state.issued().entries().stream().map(entry -> entry.certificate().orElseThrow())).containsAll(state.certificatesInUse());
    }

    /** Decree 68/2024/NĐ-CP, Article 10. */
    @Test
    void givesAnInstallationOfBeforeItsAuthoritiesForPersonsAndAgenciesWhenTheRootIsThere() throws Exception {
        asBeforeThereWerePersonsAndAgencies();
        Map<String, String> before = state.files();
        Files.move(home.resolve("ca/root.p12"), home.resolve("elsewhere"));
        List<String> waiting = state.bootstrap(NOW);
        assertThat(waiting).anyMatch(line -> line.contains("CA of the persons waits") && line.contains("issuing CA signs in its place"))
            .anyMatch(line -> line.contains("CA of the agencies waits"));
        assertThat(home.resolve("ca/persons.p12")).doesNotExist();
        Files.move(home.resolve("elsewhere"), home.resolve("ca/root.p12"));
        state.bootstrap(NOW);
        assertThat(state.changedSince(before)).containsExactly("ca/agencies.p12", "ca/persons.p12", "secrets/ca-agencies.password", "secrets/ca-persons.password",
            "status/ocsp-agencies.p12", "status/ocsp-persons.p12", "tls/agencies.pem", "tls/persons.pem");
    }

    @Test
    void makesNothingUnderARootThatIsAnother(@TempDir Path elsewhere) throws Exception {
        asBeforeThereWerePersonsAndAgencies();
        TestState other = TestState.prepare(elsewhere);
        other.bootstrap(NOW);
        Files.copy(elsewhere.resolve("ca/root.p12"), home.resolve("ca/root.p12"), StandardCopyOption.REPLACE_EXISTING);
        SecretFile.write(home.resolve("secrets/ca-root.password"), SecretFile.text(elsewhere.resolve("secrets/ca-root.password")));
        assertThatThrownBy(() -> state.bootstrap(NOW)).isInstanceOf(Problem.class).hasMessageContaining("another root");
        assertThat(home.resolve("ca/persons.p12")).doesNotExist();
    }

    private void asBeforeThereWerePersonsAndAgencies() throws Exception {
        state.bootstrap(NOW);
        for (String authority : List.of("persons", "agencies")) {
            for (String file : List.of("ca/%s.p12", "tls/%s.pem", "status/ocsp-%s.p12", "secrets/ca-%s.password")) {
                Files.delete(home.resolve(file.formatted(authority)));
            }
        }
    }

    @Test
    void makesStatusKeysAnewWhosePasswordIsLost() throws Exception {
        state.bootstrap(NOW);
        Files.delete(home.resolve("secrets/status-keys.password"));
        Map<String, String> before = state.files();
        state.bootstrap(NOW);
        assertThat(state.changedSince(before)).contains("status/ocsp-root.p12", "status/ocsp-issuing.p12", "status/tsa.p12")
            .noneMatch(file -> file.startsWith("tls/") || file.endsWith(".p12") && file.startsWith("ca/"));
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
        assertThat(lines).hasSize(2 * 20);
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
