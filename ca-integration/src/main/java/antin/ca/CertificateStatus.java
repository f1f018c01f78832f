package antin.ca;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * What the authority knows of one certificate.
 *
 * @param change     counts every change of a status at this authority, upwards; not without gaps
 * @param issuer     the signing authority's short name, such as {@code issuing} or {@code root}
 * @param revocation empty while the certificate is good; a held one is revoked with {@link RevocationReason#CERTIFICATE_HOLD}
 */
public record CertificateStatus(long change, String issuer, BigInteger serial, Instant notAfter, Optional<Revocation> revocation) {

    /** Whether it is revoked, and may be good again. */
    public boolean isHeld() {
        return revocation.filter(now -> now.reason() == RevocationReason.CERTIFICATE_HOLD).isPresent();
    }

    /** To the second, as CRL and OCSP have it. */
    public record Revocation(Instant time, RevocationReason reason) {
    }
}
