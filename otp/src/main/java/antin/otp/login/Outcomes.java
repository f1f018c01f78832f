package antin.otp.login;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Tells the audit log, durably, its person's own list and the metrics how each act ended. */
public final class Outcomes {

    private static final int LONGEST_NAME = 254; // RFC 5321, 4.5.3.1.3: the longest address

    private final AuditLog audit;
    private final MeterRegistry metrics;
    private final Activity activity;

    public Outcomes(AuditLog audit, MeterRegistry metrics, Activity activity) {
        this.audit = audit;
        this.metrics = metrics;
        this.activity = activity;
    }

    /** @param who a person's number, or the name as typed where nobody is known */
    public void tell(String act, String outcome, String who, String from, Map<String, String> details) {
        audit.record(new AuditEvent(act, outcome, who.length() > LONGEST_NAME ? who.substring(0, LONGEST_NAME) : who, from, details));
        activity.tell(act, outcome, who, from, details);
        metrics.counter("antin.outcomes", "act", act, "outcome", outcome).increment();
    }

    public void accepted(String act, String who, String from, Map<String, String> details) {
        tell(act, "accepted", who, from, details);
    }

    public void refused(String act, String who, String from, String reason) {
        tell(act, "refused", who, from, Map.of("reason", reason));
    }
}
