package antin.ca.embedded;

import java.time.Instant;
import java.util.Optional;

/**
 * Numbers for CRLs that only grow (RFC 5280, 5.2.3), also where an older copy of the ledger was put back: at least the seconds since 1970, which
 * no list of before has passed, as there is less than one a second over the years.
 */
final class CrlNumbers {

    private CrlNumbers() {
    }

    /** Full and delta CRLs share their numbers (RFC 5280, 5.2.4). */
    static long after(Optional<Long> full, Optional<Long> delta, Instant now) {
        return Math.max(Math.max(full.orElse(0L), delta.orElse(0L)) + 1, now.getEpochSecond());
    }
}
