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

    /** What the name of an authority's delta CRL ends with. */
    String DELTA = "-delta";

    /** The last CRL (RFC 5280) in DER of the authority with that short name. It holds every revocation that {@link CertificateAuthority#revoke} answered. With {@link #DELTA}
     * behind the name it is the delta CRL (RFC 5280, 5.2.4), of who has one. */
    byte[] crl(String issuer);
}
