package antin.ca;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Issues certificates and takes them back. Safe for use by many threads. Every method throws {@link antin.kernel.Problem}: of
 * kind {@code PEER_UNAVAILABLE} where the authority does not answer, after which the same call may be made again.
 */
public interface CertificateAuthority extends AutoCloseable {

    /**
     * Issues, once for each {@link CertificateRequest#id()}: a second call with the same request answers the same certificate,
     * and one with the same id and another content is a {@code CONFLICT}.
     *
     * @throws antin.kernel.Problem {@code MALFORMED_REQUEST} where the request does not prove possession of its key, or says
     *     what its profile does not allow
     */
    IssuedCertificate issue(CertificateRequest request);

    /**
     * Takes a certificate back, for good. Revoking what is revoked changes nothing and answers the first revocation; one that was only held
     * ({@link CertificateHold}) keeps the time of the hold.
     *
     * @param reason one of {@link RevocationReason#forGood}
     * @param actor  who wants it, for the audit
     * @throws antin.kernel.Problem {@code NOT_FOUND} for a serial that was never issued
     */
    CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor);

    /** A certificate with the authorities above it, the root last. */
    record IssuedCertificate(X509Certificate certificate, List<X509Certificate> authorities) {

        public IssuedCertificate {
            authorities = List.copyOf(authorities);
        }
    }

    @Override
    void close();
}
