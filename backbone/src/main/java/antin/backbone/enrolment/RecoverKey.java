package antin.backbone.enrolment;

import antin.backbone.approval.Approval;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.ca.recovery.KeyRecovery;
import antin.ca.recovery.KeyRecovery.Opening;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Has a key opened that lies in the recovery archive: one administrator asks, another allows it, and the one who asked gets it once. Safe for use by many threads. */
public final class RecoverKey {

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final DeliverKey deliver;
    private final KeyRecovery recovery;
    private final Approvals approvals;
    private final TransactionOperations transactions;

    public RecoverKey(JdbcClient database, EnrolledRows rows, DeliverKey deliver, KeyRecovery recovery, Approvals approvals, TransactionOperations transactions) {
        this.database = database;
        this.rows = rows;
        this.deliver = deliver;
        this.recovery = recovery;
        this.approvals = approvals;
        this.transactions = transactions;
    }

    /** The newest first, revoked and ended ones too: old letters need old keys. */
    public List<Enrolled> archived(String person) {
        return rows.of(Owner.person(person)).stream().filter(certificate -> certificate.issued().isPresent() && deliver.envelope(certificate.id()).isPresent()).toList();
    }

    public Approval ask(Actor requester, Enrolled certificate, String reason, String from) {
        Approval asked = transactions.execute(transaction -> {
            Approval approval = approvals.ask(requester, ApprovalAct.KEY_RECOVERY, certificate.owner().id(), reason, from);
            database.sql("INSERT INTO key_recovery (approval, certificate) VALUES (?, ?)").params(approval.id(), certificate.id()).update();
            return approval;
        });
        if (asked == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        return asked;
    }

    /** What an approval is about. */
    public Optional<Enrolled> subject(UUID approval) {
        return database.sql("SELECT certificate FROM key_recovery WHERE approval = ?").param(approval).query((row, number) -> row.getObject(1, UUID.class)).optional().flatMap(rows::find);
    }

    /** Opens it and has it wait for the requester to fetch. Throws {@link Problem} for everybody else, for every second time, and PEER_UNAVAILABLE where the authority is away. */
    public Enrolled carryOut(UUID id, String requester, String from) {
        Approval approval = approvals.find(id).filter(asked -> asked.requester().equals(requester) && asked.act() == ApprovalAct.KEY_RECOVERY)
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
        Enrolled certificate = subject(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such key."));
        byte[] envelope = deliver.envelope(certificate.id()).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such key."));
        // One transaction: where ca does not answer, the approval is as it was
        transactions.executeWithoutResult(transaction -> {
            Approval used = approvals.consume(id, ApprovalAct.KEY_RECOVERY, requester, from);
            byte[] pkcs8 = recovery.open(new Opening(envelope, approval.beneficiary(), id.toString(), requester, used.decidedBy().orElseThrow()));
            deliver.offer(certificate.id(), requester, pkcs8);
        });
        return certificate;
    }
}
