package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.authority.Authority;
import antin.ca.authority.KeyKind;
import antin.ca.authority.Profile;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuing authorities' keys in a device: SoftHSM. */
class TokenTest {

    private static final Path LIBRARY = List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so"), Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"))
        .stream().filter(Files::exists).findFirst().orElse(Path.of("/usr/lib/softhsm/libsofthsm2.so"));

    @TempDir
    private Path home;

    @Test
    void makesKeysInTheDeviceAndSignsCertificatesAndCrlsThere() throws Exception {
        assumeTrue(Files.exists(LIBRARY), "softhsm2 is not installed: apt-get install softhsm2");
        TestState state = TestState.prepare(home);
        initialise();
        Path pin = home.resolve("secrets/ca-pkcs11.pin");
        Files.writeString(home.resolve("conf/ca.properties"), "pkcs11.library=" + LIBRARY + "\n", StandardOpenOption.APPEND);
        SecretFile.write(pin, "");
        assertThatThrownBy(() -> state.bootstrap(Clock.systemUTC())).isInstanceOf(Problem.class).hasMessageContaining("no PIN");
        SecretFile.write(pin, "314159");
        assertThatThrownBy(() -> state.bootstrap(Clock.systemUTC())).isInstanceOf(Problem.class).hasMessageContaining("does not open with the PIN");
        SecretFile.write(pin, "27182818");
        state.bootstrap(Clock.systemUTC());
        assertThat(state.bootstrap(Clock.systemUTC())).containsExactly("ca: every key and certificate is current");

        assertThat(state.files()).doesNotContainKeys("ca/issuing.p12", "ca/persons.p12", "ca/agencies.p12").containsKeys("ca/root.p12", "tls/agencies.pem", "tls/backbone.pem");
        List<Authority> authorities = state.settings().authorities().readAllIssuing();
        assertThat(authorities).extracting(Authority::name).containsExactly("issuing", "persons", "agencies");
        assertThat(authorities).allSatisfy(authority -> assertThat(authority.key().getEncoded()).as("it cannot be read").isNull());
        try (AuditLog audit = AuditLog.open(state.settings().auditFolder(), "ca", Clock.systemUTC());
             LedgerDatabase database = LedgerDatabase.open(TestPostgres.source(TestPostgres.newDatabase()));
             EmbeddedCertificateAuthority authority = EmbeddedCertificateAuthority.start(database, state.settings().authorities(), new IssuedFolder(state.settings().issuedFolder()),
                 audit, new SimpleMeterRegistry(), Clock.systemUTC())) {
            IssuedCertificate issued = authority.issue(TestRequests.any());
            assertThat(issued.authorities()).hasSize(2);
            issued.certificate().verify(issued.authorities().getFirst().getPublicKey());
            authority.revoke(issued.certificate().getSerialNumber(), RevocationReason.SUPERSEDED, "admin");
            X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(authority.crl("agencies")));
            crl.verify(issued.authorities().getFirst().getPublicKey());
            assertThat(crl.getRevokedCertificate(issued.certificate())).isNotNull();
        }
        KeyPair rsa = KeyKind.RSA_3072.generate(state.settings().token().orElseThrow().connected(), new SecureRandom());
        assertThat(rsa.getPrivate().getEncoded()).as("it cannot be read").isNull();
        X509Certificate signed = Authority.selfSign(rsa.getPrivate(), new Authority.Request(Profile.ROOT, TestRequests.subject("By RSA"), rsa.getPublic(), Optional.empty()),
            Authority.newSerial(new SecureRandom()), Instant.now());
        assertThat(signed.getSigAlgName()).isEqualTo("SHA256withRSA");
        signed.verify(rsa.getPublic());
    }

    /** One token, in the first slot. */
    private static void initialise() throws Exception {
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = Files.createDirectories(configuration.resolveSibling(UUID.randomUUID().toString()));
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        Process made = new ProcessBuilder("softhsm2-util", "--init-token", "--free", "--label", "authorities", "--so-pin", "31415926", "--pin", "27182818")
            .redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }
}
