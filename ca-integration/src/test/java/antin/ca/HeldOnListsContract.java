package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus.Revocation;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Holds in the changes that are told and on the lists (RFC 5280, 5.3.1), of an authority that has both. */
interface HeldOnListsContract extends CertificateHoldContract, StatusSourceContract {

    private CertificateHold holding() {
        return capability(CertificateHold.class);
    }

    private BigInteger issued() throws Exception {
        return authority().issue(any()).certificate().getSerialNumber();
    }

    @Test
    default void tellsOfHoldsAndReleasesAndListsThem() throws Exception {
        BigInteger serial = issued();
        CertificateStatus held = holding().hold(serial, "admin");
        assertThat(status().changesAfter(held.change() - 1, 1, Duration.ZERO)).containsExactly(held);
        X509CRLEntry entry = list(issuer()).getRevokedCertificate(serial);
        assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);
        assertThat(entry.getRevocationDate().toInstant()).isEqualTo(held.revocation().map(Revocation::time).orElseThrow());
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);

        CertificateStatus released = holding().release(serial, "admin");
        assertThat(released.change()).isGreaterThan(held.change());
        assertThat(status().changesAfter(held.change(), 1, Duration.ZERO)).containsExactly(released);
        assertThat(list(issuer()).getRevokedCertificate(serial)).isNull();
        // RFC 5280, 5.3.1: the base lacks it, and a list between the two had it
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.REMOVE_FROM_CRL);

        holding().hold(serial, "admin"); // once more
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.CERTIFICATE_HOLD);
    }

    @Test
    default void listsAHeldCertificateThatIsRevokedForGood() throws Exception {
        BigInteger serial = issued();
        holding().hold(serial, "admin");
        authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(list(issuer()).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
        assertThat(list(issuer() + StatusSource.DELTA).getRevokedCertificate(serial).getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
    }

    private X509CRL list(String name) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(status().crl(name)));
    }
}
