package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.authority.AuthorityFiles;
import antin.ca.bootstrap.IssuedFolder.Entry;
import antin.ca.ledger.LedgerDatabase;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCertificateAuthorityTest implements IssuingContract, SameKeyContract, CertificateSearchContract, HeldOnListsContract {

    @TempDir
    private static Path home;
    private static String database;
    private static Map<BigInteger, Entry> bootstrapped;
    private static TestAuthority test;

    @BeforeAll
    static void start() throws Exception {
        database = TestPostgres.newDatabase();
        TestState.prepare(home).bootstrap(Clock.systemUTC());
        bootstrapped = new TestState(home).issued().entries().stream().collect(Collectors.toMap(entry -> entry.intent().serial(), entry -> entry));
        test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        test.close();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public CertificateAuthority authority() {
        return test.authority();
    }

    @Test
    void takesARequestThatIsSignedByPss() throws Exception {
        KeyPair pss = TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4);
        assertThat(authority().issue(TestRequests.withKey(TestRequests.any(), TestRequests.pkcs10(pss, "SHA256withRSAandMGF1"))).certificate().getPublicKey())
            .isEqualTo(pss.getPublic());
    }

    @Test
    void takesOverWhatTheBootstrapSigned() throws Exception {
        List<BigInteger> told = status().changesAfter(0, 1000, Duration.ZERO).stream().map(CertificateStatus::serial).toList();
        for (Entry entry : bootstrapped.values()) {
            assertThat(told.contains(entry.intent().serial())).as(entry.intent().subject()).isEqualTo(!entry.intent().issuer().equals(AuthorityFiles.INTERNAL));
        }
        assertThat(new TestState(home).issued().entries()).isEmpty();
        assertThat(Files.readString(home.resolve("audit/ca.log"))).contains("certificate.take-over");
    }

    @Test
    void revokesAListenersCertificateAndNoInternalOne() {
        X509Certificate listener = PemFile.certificates(home.resolve("tls/mail-server.pem")).getFirst();
        assertThat(authority().revoke(listener.getSerialNumber(), RevocationReason.SUPERSEDED, "admin").issuer()).isEqualTo(AuthorityFiles.ISSUING);
        X509Certificate internal = PemFile.certificates(home.resolve("tls/internal/mail-server.pem")).getFirst();
        CertificateAuthorityContract.assertRefused(Kind.NOT_ALLOWED, () -> authority().revoke(internal.getSerialNumber(), RevocationReason.SUPERSEDED, "admin"));
        X509Certificate root = PemFile.certificates(home.resolve("tls/root.pem")).getFirst();
        CertificateAuthorityContract.assertRefused(Kind.NOT_ALLOWED, () -> authority().revoke(root.getSerialNumber(), RevocationReason.SUPERSEDED, "admin"));
    }

    @Test
    void recordsBeforeAndAfterEachUseOfTheKey() throws Exception {
        CertificateRequest request = TestRequests.any();
        String serial = authority().issue(request).certificate().getSerialNumber().toString(16);
        authority().revoke(new BigInteger(serial, 16), RevocationReason.KEY_COMPROMISE, "chief");
        List<String> lines = Files.readAllLines(home.resolve("audit/ca.log")).stream().filter(line -> line.contains(serial)).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("certificate.issue\",\"outcome\":\"begun", request.id(), "agency-seal", "\"who\":\"backbone\"");
        assertThat(lines.get(1)).contains("certificate.issue\",\"outcome\":\"done", "x-sha256");
        assertThat(lines.get(2)).contains("certificate.revoke\",\"outcome\":\"begun", "keyCompromise", "\"who\":\"chief\"");
        assertThat(lines.get(3)).contains("certificate.revoke\",\"outcome\":\"done");
        assertThat(Files.readString(home.resolve("audit/ca.log"))).contains("crl.sign\",\"outcome\":\"begun", "crl.sign\",\"outcome\":\"done");
    }

    @Test
    void countsWhatItDoes() throws Exception {
        double issued = test.metrics().get("antin.ca.issued").counter().count();
        double revoked = test.metrics().get("antin.ca.revoked").counter().count();
        BigInteger serial = authority().issue(TestRequests.any()).certificate().getSerialNumber();
        authority().revoke(serial, RevocationReason.SUPERSEDED, "admin");
        authority().revoke(serial, RevocationReason.SUPERSEDED, "admin");
        assertThat(test.metrics().get("antin.ca.issued").counter().count()).isEqualTo(issued + 1);
        assertThat(test.metrics().get("antin.ca.revoked").counter().count()).isEqualTo(revoked + 1);
        assertThat(test.metrics().get("antin.ca.crl.age").tag("issuer", "agencies").timeGauge().value()).isBetween(0.0, 60.0);
    }

    @Test
    void keepsASecondWriterOut() {
        assertThatThrownBy(() -> LedgerDatabase.open(TestPostgres.source(database))).isInstanceOf(Problem.class)
            .hasMessageContaining("Another ca process");
    }

    @Test
    void goesOnWhereItStopped(@TempDir Path folder) throws Exception {
        String own = TestPostgres.newDatabase();
        CertificateRequest request = TestRequests.any();
        X509Certificate certificate;
        CertificateStatus revoked;
        try (TestAuthority first = TestAuthority.start(TestPostgres.source(own), folder, Clock.systemUTC())) {
            certificate = first.authority().issue(request).certificate();
            revoked = first.authority().revoke(certificate.getSerialNumber(), RevocationReason.SUPERSEDED, "admin");
        }
        try (TestAuthority second = TestAuthority.start(TestPostgres.source(own), folder, Clock.systemUTC())) {
            assertThat(second.authority().issue(request).certificate()).isEqualTo(certificate);
            assertThat(second.authority().revoke(certificate.getSerialNumber(), RevocationReason.UNSPECIFIED, "admin")).isEqualTo(revoked);
            second.authority().issue(TestRequests.any());
            assertThat(second.authority().changesAfter(revoked.change(), 10, Duration.ZERO)).hasSize(1);
        }
    }

    @Test
    void signsItsCrlsAnewBeforeTheyGrowOld(@TempDir Path folder) throws Exception {
        String own = TestPostgres.newDatabase();
        byte[] old;
        try (TestAuthority first = TestAuthority.start(TestPostgres.source(own), folder, Clock.systemUTC())) {
            old = first.authority().crl("issuing");
        }
        try (TestAuthority next = TestAuthority.start(TestPostgres.source(own), folder, Clock.systemUTC())) {
            assertThat(next.authority().crl("issuing")).as("young still").isEqualTo(old);
        }
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(4));
        try (TestAuthority next = TestAuthority.start(TestPostgres.source(own), folder, later)) {
            assertThat(next.authority().crl("issuing")).isNotEqualTo(old);
        }
    }
}
