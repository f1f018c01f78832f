package antin.ca.external;

import antin.ca.external.Registered.State;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.net.URI;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Asks for each registered certificate once an hour how it stands. Where its authority does not answer, it stays as it is, and {@link Registered#checked()} tells since when. */
public final class Recheck {

    private static final Duration EVERY = Duration.ofHours(1);
    private static final int AT_ONCE = 50;
    private static final Set<OutsideFault> TAKEN_BACK = Set.of(OutsideFault.REVOKED, OutsideFault.NEVER_ISSUED);

    private final List<OutsideAuthority> authorities;
    private final RegisteredRows rows;
    private final OutsideStatus status;
    private final AuditLog audit;
    private final Clock clock;

    Recheck(List<OutsideAuthority> authorities, RegisteredRows rows, OutsideStatus status, AuditLog audit, Clock clock) {
        this.authorities = authorities;
        this.rows = rows;
        this.status = status;
        this.audit = audit;
        this.clock = clock;
    }

    /** One round, with each list read once. */
    public void work() {
        Instant now = clock.instant();
        Map<URI, X509CRL> lists = new HashMap<>();
        for (Registered one : rows.due(now.minus(EVERY), now, AT_ONCE)) {
            State state = state(one, now, lists);
            if (state != State.GOOD && rows.move(one.certificateSha256(), State.GOOD, state)) {
                audit.record(new AuditEvent("certificate.registered-state", state.word(), "external", "", Map.of("certificate", one.certificateSha256(), "owner", one.owner())));
            }
        }
    }

    /** Hands over each whose state its owner was not told of; twice where the process dies in between, never not at all. */
    public void tell(Consumer<Registered> letters) {
        for (Registered one : rows.where("state <> told ORDER BY registered LIMIT " + AT_ONCE)) {
            letters.accept(one);
            rows.told(one);
        }
    }

    private State state(Registered one, Instant now, Map<URI, X509CRL> lists) {
        try {
            status.check(OutsideCertificate.check(one.x509(), authorities, now), lists);
            rows.checked(one.certificateSha256(), now);
            return State.GOOD;
        } catch (OutsideRefusal e) {
            return switch (e.fault()) {
                case STATUS_UNKNOWN -> State.GOOD;
                case OUT_OF_TIME -> State.ENDED;
                default -> TAKEN_BACK.contains(e.fault()) ? State.REVOKED : State.DISTRUSTED;
            };
        }
    }
}
