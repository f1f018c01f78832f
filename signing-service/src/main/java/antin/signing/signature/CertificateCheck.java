package antin.signing.signature;

import java.security.cert.X509Certificate;
import java.util.List;

/** Whether a certificate may sign now. Safe for use by many threads. */
public interface CertificateCheck {

    /**
     * Returns where the first of {@code chain} is in time, leads to a trusted root, is for signatures, and is not revoked by what
     * its issuer says at this moment.
     *
     * @throws antin.kernel.Problem {@code CERTIFICATE_UNUSABLE}; {@code PEER_UNAVAILABLE} where the issuer's status is not to be had
     */
    void check(List<X509Certificate> chain);

    /** As {@link #check}, where the first is for mail (RFC 8550, 4.4). */
    void checkForMail(List<X509Certificate> chain);

    /** Whether the chain, which was checked, leads to a root of the city's own, so that its person's number counts. */
    boolean isOfCity(List<X509Certificate> chain);
}
