package antin.ca;

import java.time.Duration;
import java.util.List;

/** What an authority hands out to those who answer for it. Errors as {@link CertificateAuthority}'s. */
public interface StatusSource {

    /**
     * The changes after {@code change}, oldest first, at most {@code limit}; waits up to {@code patience} for the first one.
     * Nothing is left out: a status answered here comes after every one that has a lower number.
     */
    List<CertificateStatus> changesAfter(long change, int limit, Duration patience);

    /** The last CRL (RFC 5280) in DER of the authority with that short name. It holds every revocation that {@link CertificateAuthority#revoke} answered. */
    byte[] crl(String issuer);
}
