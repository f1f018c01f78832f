package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Changes in their order, and CRLs that hold every revocation that was answered. */
public interface StatusSourceContract extends RevokingContract {

    @Test
    default void tellsOfARevocationAndListsIt() throws Exception {
        BigInteger serial = authority().issue(any()).certificate().getSerialNumber();
        CertificateStatus revoked = authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(status().changesAfter(revoked.change() - 1, 1, Duration.ZERO)).containsExactly(revoked);
        X509CRLEntry entry = crl(issuer()).getRevokedCertificate(serial);
        assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
        assertThat(entry.getRevocationDate().toInstant()).isEqualTo(revoked.revocation().orElseThrow().time());
    }

    @Test
    default void namesEveryRevocationInItsCrl() throws Exception {
        long number = crlNumber(crl(issuer()));
        List<BigInteger> revoked = CertificateAuthorityContract.inParallel(20, () -> {
            BigInteger serial = authority().issue(any()).certificate().getSerialNumber();
            authority().revoke(serial, RevocationReason.UNSPECIFIED, "admin");
            assertThat(crl(issuer()).getRevokedCertificate(serial)).as("once it is answered").isNotNull();
            return serial;
        });
        X509CRL crl = crl(issuer());
        assertThat(revoked).allMatch(serial -> crl.getRevokedCertificate(serial) != null);
        assertThat(crlNumber(crl)).isGreaterThan(number);
        assertThat(crl.getNextUpdate().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        crl.verify(authority().issue(any()).authorities().getFirst().getPublicKey());
    }

    @Test
    default void hasACrlOfTheRootAndNoneOfOthers() throws Exception {
        crl("root").verify(authority().issue(any()).authorities().getLast().getPublicKey());
        CertificateAuthorityContract.assertRefused(Kind.NOT_FOUND, () -> status().crl("internal"));
        CertificateAuthorityContract.assertRefused(Kind.NOT_FOUND, () -> status().crl("somebody"));
    }

    @Test
    default void tellsOfNewCertificatesToWhomWaits() throws Exception {
        long last = lastChange();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<List<CertificateStatus>> waiting = threads.submit(() -> status().changesAfter(last, 10, Duration.ofSeconds(10)));
            Thread.sleep(300);
            assertThat(waiting).as("nothing has happened yet").isNotDone();
            BigInteger serial = authority().issue(any()).certificate().getSerialNumber();
            assertThat(waiting.get()).singleElement().satisfies(status -> {
                assertThat(status.serial()).isEqualTo(serial);
                assertThat(status.issuer()).isEqualTo(issuer());
                assertThat(status.revocation()).isEmpty();
            });
        }
    }

    @Test
    default void answersNothingWhereNothingHappens() {
        long last = lastChange();
        Instant begun = Instant.now();
        assertThat(status().changesAfter(last, 10, Duration.ofSeconds(2))).isEmpty();
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(status().changesAfter(last, 10, Duration.ZERO)).isEmpty();
    }

    /** A reader that goes on from the last number it saw has seen each one. */
    @Test
    default void leavesNothingOutUnderParallelIssuing() throws Exception {
        long start = lastChange();
        Set<BigInteger> seen = new HashSet<>();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<?> reading = reader.submit(() -> {
                long last = start;
                while (seen.size() < 100) {
                    List<CertificateStatus> changes = status().changesAfter(last, 7, Duration.ofSeconds(10));
                    assertThat(changes).isNotEmpty().hasSizeLessThanOrEqualTo(7);
                    for (CertificateStatus change : changes) {
                        assertThat(change.change()).isGreaterThan(last);
                        last = change.change();
                        seen.add(change.serial());
                    }
                }
            });
            List<BigInteger> issued = CertificateAuthorityContract.inParallel(100, () -> authority().issue(any()).certificate().getSerialNumber());
            reading.get();
            assertThat(seen).containsExactlyInAnyOrderElementsOf(issued);
        }
    }

    private long lastChange() {
        long last = 0;
        while (true) {
            List<CertificateStatus> changes = status().changesAfter(last, 1000, Duration.ZERO);
            if (changes.isEmpty()) {
                return last;
            }
            last = changes.getLast().change();
        }
    }

    private X509CRL crl(String issuer) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(status().crl(issuer)));
    }

    private static long crlNumber(X509CRL crl) {
        byte[] value = crl.getExtensionValue("2.5.29.20"); // an OCTET STRING with an INTEGER
        return new BigInteger(value, 4, value.length - 4).longValueExact();
    }
}
