package antin.backbone.ejbca;

import antin.ca.CertificateStatus;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** How certificates of EJBCA stand, as it said less than half a minute ago: it is asked at each login otherwise. Safe for use by many threads. */
public final class EjbcaStatuses {

    private record Known(Optional<CertificateStatus> status, Instant until) {
    }

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final Function<BigInteger, CertificateStatus> ejbca;
    private final Clock clock;
    private final Map<BigInteger, Known> known = new ConcurrentHashMap<>();

    /** {@code ejbca} throws {@code NOT_FOUND} for a serial that was never issued. */
    public EjbcaStatuses(Function<BigInteger, CertificateStatus> ejbca, Clock clock) {
        this.ejbca = ejbca;
        this.clock = clock;
    }

    /** Empty for one never issued. Throws {@code PEER_UNAVAILABLE} where EJBCA does not say. */
    public Optional<CertificateStatus> find(BigInteger serial) {
        Instant now = clock.instant();
        Known before = known.get(serial);
        if (before != null && before.until().isAfter(now)) {
            return before.status();
        }
        Optional<CertificateStatus> status = ask(serial);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(serial, new Known(status, now.plus(FRESH)));
        return status;
    }

    /** What was just revoked counts at once. */
    public void learn(CertificateStatus status) {
        known.remove(status.serial());
    }

    private Optional<CertificateStatus> ask(BigInteger serial) {
        try {
            return Optional.of(ejbca.apply(serial));
        } catch (Problem e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw new Problem(Kind.PEER_UNAVAILABLE, "Whether the certificate was revoked is not known now.", e);
        }
    }
}
