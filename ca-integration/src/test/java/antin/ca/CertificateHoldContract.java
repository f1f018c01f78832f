package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus.Revocation;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** What every authority keeps that holds certificates (RFC 5280, 5.3.1). */
public interface CertificateHoldContract extends CertificateAuthorityContract {

    private CertificateHold holds() {
        return capability(CertificateHold.class);
    }

    private BigInteger issued() throws Exception {
        return authority().issue(any()).certificate().getSerialNumber();
    }

    @Test
    default void holdsACertificateAndReleasesIt() throws Exception {
        BigInteger serial = issued();
        CertificateStatus held = holds().hold(serial, "admin");
        assertThat(held.isHeld()).isTrue();
        assertThat(holds().hold(serial, "other")).as("the first one stays").isEqualTo(held);
        CertificateStatus released = holds().release(serial, "admin");
        assertThat(released.revocation()).isEmpty();
        assertThat(holds().release(serial, "other")).isEqualTo(released);
        assertThat(holds().hold(serial, "admin").isHeld()).as("once more").isTrue();
    }

    @Test
    default void revokesAHeldCertificateForGoodFromTheTimeOfTheHold() throws Exception {
        BigInteger serial = issued();
        Revocation hold = holds().hold(serial, "admin").revocation().orElseThrow();
        Thread.sleep(1100);
        CertificateStatus revoked = authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(revoked.revocation()).hasValue(new Revocation(hold.time(), RevocationReason.KEY_COMPROMISE));
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
}
