package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus.Revocation;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every authority keeps that holds certificates, and hands out CRLs (RFC 5280, 5.3.1). */
interface CertificateHoldContract extends CertificateAuthorityContract {

    private CertificateHold holds() {
        return capability(CertificateHold.class);
    }

    private BigInteger issued() throws Exception {
        return authority().issue(TestRequests.any()).certificate().getSerialNumber();
    }

    @Test
    default void holdsACertificateAndReleasesIt() throws Exception {
        BigInteger serial = issued();
        CertificateStatus held = holds().hold(serial, "admin");
        assertThat(held.isHeld()).isTrue();
        assertThat(holds().hold(serial, "other")).as("the first one stays").isEqualTo(held);
        assertThat(status().changesAfter(held.change() - 1, 1, Duration.ZERO)).containsExactly(held);
        X509CRLEntry entry = list(issuer()).getRevokedCertificate(serial);
        assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);
        assertThat(entry.getRevocationDate().toInstant()).isEqualTo(held.revocation().map(Revocation::time).orElseThrow());
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);

        CertificateStatus released = holds().release(serial, "admin");
        assertThat(released.revocation()).isEmpty();
        assertThat(released.change()).isGreaterThan(held.change());
        assertThat(holds().release(serial, "other")).isEqualTo(released);
        assertThat(status().changesAfter(held.change(), 1, Duration.ZERO)).containsExactly(released);
        assertThat(list(issuer()).getRevokedCertificate(serial)).isNull();
        // RFC 5280, 5.3.1: the base lacks it, and a list between the two had it
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.REMOVE_FROM_CRL);

        assertThat(holds().hold(serial, "admin").isHeld()).as("once more").isTrue();
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);
    }

    @Test
    default void revokesAHeldCertificateForGoodFromTheTimeOfTheHold() throws Exception {
        BigInteger serial = issued();
        Revocation hold = holds().hold(serial, "admin").revocation().orElseThrow();
        Thread.sleep(1100);
        CertificateStatus revoked = authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(revoked.revocation()).hasValue(new Revocation(hold.time(), RevocationReason.KEY_COMPROMISE));
        assertThat(list(issuer()).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
        CertificateAuthorityContract.assertRefused(Kind.CONFLICT, () -> holds().release(serial, "admin"));
        CertificateAuthorityContract.assertRefused(Kind.CONFLICT, () -> holds().hold(serial, "admin"));
    }

    @Test
    default void takesNoHoldForARevocationAndNoUnknownSerial() throws Exception {
        BigInteger serial = issued();
        CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().revoke(serial, RevocationReason.CERTIFICATE_HOLD, "admin"));
        CertificateAuthorityContract.assertRefused(Kind.NOT_FOUND, () -> holds().hold(BigInteger.valueOf(4711), "admin"));
        CertificateAuthorityContract.assertRefused(Kind.NOT_FOUND, () -> holds().release(BigInteger.valueOf(4711), "admin"));
        assertThat(holds().release(serial, "admin").revocation()).as("what is good stays so").isEmpty();
    }

    private X509CRL list(String name) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(status().crl(name)));
    }
}
