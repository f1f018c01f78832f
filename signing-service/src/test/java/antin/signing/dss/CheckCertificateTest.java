package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.trust.TrustSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CheckCertificateTest {

    private static final TestPki PKI = new TestPki();
    private static final KeyPair PAIR = TestPki.ec("secp256r1");
    private final CheckCertificate certificates = new CheckCertificate(new Trust(TrustSettings.of(List.of(PKI.root.certificate()), PKI.url(), Path.of("target/no-lists")), Clock.systemUTC()), Clock.systemUTC());

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void acceptsASignersCertificate() {
        assertThatCode(() -> certificates.check(TestKey.ec(PKI).chain())).doesNotThrowAnyException();
    }

    @Test
    void asksOnceASecond() {
        List<X509Certificate> chain = TestKey.ec(PKI).chain();
        int before = PKI.hits("/ocsp");
        certificates.check(chain);
        certificates.check(chain);
        assertThat(PKI.hits("/ocsp") - before).isEqualTo(1);
    }

    @Test
    void refusesARevokedOneWithinASecond() throws InterruptedException {
        List<X509Certificate> chain = TestKey.ec(PKI).chain();
        certificates.check(chain);
        PKI.revoked.put(chain.getFirst().getSerialNumber(), Instant.now());
        Thread.sleep(1_000);
        refused(Kind.CERTIFICATE_UNUSABLE, chain);
    }

    @Test
    void refusesOneThatIsOutOfTime() {
        refused(Kind.CERTIFICATE_UNUSABLE, PKI.chain(PKI.certificate("CN=Over", PAIR.getPublic(), TestPki.Kind.SIGNER,
            Date.from(Instant.now().minus(Duration.ofDays(10))), 5)));
        refused(Kind.CERTIFICATE_UNUSABLE, PKI.chain(PKI.certificate("CN=Not yet", PAIR.getPublic(), TestPki.Kind.SIGNER,
            Date.from(Instant.now().plus(Duration.ofDays(10))), 5)));
    }

    @Test
    void refusesAnAuthoritysCertificateAndAStrangers() {
        refused(Kind.CERTIFICATE_UNUSABLE, List.of(PKI.issuing.certificate(), PKI.root.certificate()));
        try (TestPki stranger = new TestPki()) {
            refused(Kind.CERTIFICATE_UNUSABLE, TestKey.ec(stranger).chain());
        }
    }

    @Test
    void saysThatItIsTemporaryWhileTheResponderIsAway() {
        PKI.away.put("/ocsp", true);
        try {
            refused(Kind.PEER_UNAVAILABLE, TestKey.ec(PKI).chain());
        } finally {
            PKI.away.remove("/ocsp");
        }
    }

    private void refused(Kind kind, List<X509Certificate> chain) {
        assertThatThrownBy(() -> certificates.check(chain)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
    }
}
