package antin.ca;

import java.math.BigInteger;

/**
 * An authority that takes certificates back for a time (RFC 5280, 5.3.1: certificateHold; in Vietnamese law "tạm dừng" and "khôi phục"). While it is held a certificate is revoked
 * with the reason {@link RevocationReason#CERTIFICATE_HOLD}, on the CRL and for whoever asks. {@link CertificateAuthority#revoke} takes a held one back for good,
 * from the time at which it was held. Errors as {@link CertificateAuthority}'s. Safe for use by many threads.
 */
public interface CertificateHold {

    /**
     * Takes a certificate back until it is released. Holding what is held changes nothing and answers the first hold.
     *
     * @param actor who wants it, for the audit
     * @throws antin.kernel.Problem {@code NOT_FOUND} for a serial that was never issued, {@code CONFLICT} where it is revoked for good
     */
    CertificateStatus hold(BigInteger serial, String actor);

    /**
     * Makes a held certificate good again. Releasing what is good changes nothing.
     *
     * @param actor who wants it, for the audit
     * @throws antin.kernel.Problem {@code NOT_FOUND} for a serial that was never issued, {@code CONFLICT} where it is revoked for good
     */
    CertificateStatus release(BigInteger serial, String actor);
}
