package antin.signing.owner;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.KeyRing;
import antin.signing.owner.SecondPersons.Leave;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A person takes an agency's key over, which two administrators have allowed; whoever answered for it before does so no more. Where this process ends between the use of the approval and its note, nothing
 * is handed over and another approval is needed.
 */
public final class TakeOver {

    private final KeyRing keys;
    private final KeyOwners owners;
    private final SecondPersons secondPersons;
    private final AuditLog audit;

    public TakeOver(KeyRing keys, KeyOwners owners, SecondPersons secondPersons, AuditLog audit) {
        this.keys = keys;
        this.owners = owners;
        this.secondPersons = secondPersons;
        this.audit = audit;
    }

    /** @param receiver the person's number, as their own token says */
    public void take(String key, UUID approval, String receiver, String client, String from) {
        if (keys.find(key).isEmpty()) {
            throw new Problem(Kind.NOT_FOUND, "There is no key " + key + ".");
        }
        Set<String> before = owners.of(key);
        Map<String, String> what = Map.of("key", key, "approval", approval.toString(), "receiver", receiver, "before", String.join(",", before.stream().sorted().toList()));
        audit.record(new AuditEvent("key.handover", "begun", client, from, what));
        try {
            Leave leave = secondPersons.use(approval, key, receiver);
            owners.give(key, receiver, approval);
            audit.record(new AuditEvent("key.handover", "done", client, from, Map.of("key", key, "approval", approval.toString(), "receiver", receiver,
                "requester", leave.requester(), "approver", leave.approver(), "reason", leave.reason())));
        } catch (RuntimeException e) {
            audit.record(new AuditEvent("key.handover", "failed", client, from, Map.of("key", key, "approval", approval.toString(),
                "why", e instanceof Problem problem ? problem.kind().name() : Kind.INTERNAL.name())));
            throw e;
        }
    }
}
