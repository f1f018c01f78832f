package antin.ca;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An authority that finds what it issued. Errors as {@link CertificateAuthority}'s. */
public interface CertificateSearch {

    /** How a certificate stands. */
    enum State {
        GOOD, REVOKED,
        /** Past its end, and never revoked. */
        EXPIRED
    }

    /**
     * All that is said must hold.
     *
     * @param subject  part of the distinguished name as {@link CertificateRequest#subject} gave it; empty for any
     * @param endsFrom ends at this time or later
     * @param endsBefore ends before this time
     */
    record Query(Optional<BigInteger> serial, String subject, Optional<State> state, Optional<Instant> endsFrom, Optional<Instant> endsBefore) {

        public static final Query ALL = new Query(Optional.empty(), "", Optional.empty(), Optional.empty(), Optional.empty());

        public Query serial(BigInteger wanted) {
            return new Query(Optional.of(wanted), subject, state, endsFrom, endsBefore);
        }

        public Query subject(String part) {
            return new Query(serial, part, state, endsFrom, endsBefore);
        }

        public Query state(State wanted) {
            return new Query(serial, subject, Optional.of(wanted), endsFrom, endsBefore);
        }

        /** From the first time on, and before the second. */
        public Query ends(Instant from, Instant before) {
            return new Query(serial, subject, state, Optional.of(from), Optional.of(before));
        }
    }

    /**
     * One certificate.
     *
     * @param actor on whose behalf it was asked for
     */
    record Found(CertificateStatus status, String profile, X509Certificate certificate, String actor) {
    }

    /** @param next what to ask with for what comes after; empty at the end */
    record Page(List<Found> found, Optional<String> next) {

        public Page {
            found = List.copyOf(found);
        }
    }

    /**
     * The next that ends first, at most {@code limit}. The processes' internal certificates are not among them.
     *
     * @param after {@link Page#next} of the page before; empty for the first
     * @throws antin.kernel.Problem {@code MALFORMED_REQUEST} where {@code after} is none
     */
    Page find(Query query, int limit, Optional<String> after);
}
