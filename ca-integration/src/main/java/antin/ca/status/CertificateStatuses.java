package antin.ca.status;

import antin.ca.CertificateStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** What is known of every certificate ever issued. Safe for use by many threads; answers from memory, without waiting. */
public interface CertificateStatuses {

    /** Empty for a serial that {@code issuer} (its short name, such as {@code issuing}) never used. */
    Optional<CertificateStatus> find(String issuer, BigInteger serial);

    /** Whether all of it is known: otherwise a serial that is not found may well have been issued. */
    default boolean isLoaded() {
        return true;
    }

    /** The last time at which all of it was known to be right (RFC 6960, 2.4: thisUpdate). */
    Instant knownAt();
}
