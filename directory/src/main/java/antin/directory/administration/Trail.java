package antin.directory.administration;

import antin.directory.Refusal;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps in the audit log what was asked, before it is done and after; for an import, which has lines of its own there, nothing. */
final class Trail {

    private static final String FROM = "directory";

    private final @Nullable AuditLog audit;

    Trail(@Nullable AuditLog audit) {
        this.audit = audit;
    }

    /** Runs checks that have changed nothing yet: a forbidden act leaves a line. */
    <T> T checked(String act, String who, Map<String, String> what, Supplier<T> checks) {
        try {
            return checks.get();
        } catch (Refusal e) {
            if (e.reason() == Refusal.Reason.NOT_ALLOWED) {
                record(act, "refused", who, with(what, e));
            }
            throw e;
        } catch (Problem e) {
            if (e.kind() == Kind.NOT_ALLOWED) {
                record(act, "refused", who, what);
            }
            throw e;
        }
    }

    /** Runs the change itself, between two lines. */
    <T> T kept(String act, String who, Map<String, String> what, Supplier<T> change) {
        record(act, "begun", who, what);
        T result;
        try {
            result = change.get();
        } catch (Refusal e) {
            record(act, "refused", who, with(what, e));
            throw e;
        } catch (RuntimeException e) {
            record(act, "failed", who, what);
            throw e;
        }
        record(act, "done", who, what);
        return result;
    }

    private void record(String act, String outcome, String who, Map<String, String> what) {
        if (audit != null) {
            audit.record(new AuditEvent(act, outcome, who, FROM, what));
        }
    }

    private static Map<String, String> with(Map<String, String> what, Refusal refusal) {
        Map<String, String> more = new HashMap<>(what);
        more.put("reason", refusal.reason().word());
        more.put("field", refusal.field());
        return more;
    }
}
