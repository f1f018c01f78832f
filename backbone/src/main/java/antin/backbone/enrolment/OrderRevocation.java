package antin.backbone.enrolment;

import antin.backbone.approval.Approval;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.ca.RevocationReason;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Revoking an agency's or a system's certificate whose key is safe: for good, and nobody can work with it any more, so two agree. A key that others may have is no matter for two: that is
 * {@link TakeBack}, by one, at once; as is a person's certificate, since whoever left must be out now. Safe for use by many threads and several processes.
 */
public final class OrderRevocation {

    /** What an approval is about. */
    public record Revocation(Enrolled certificate, RevocationReason reason) {
    }

    private static final Set<ApprovalAct> ACTS = Set.of(ApprovalAct.AGENCY_REVOCATION, ApprovalAct.SYSTEM_REVOCATION);

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final TakeBack takeBack;
    private final Approvals approvals;
    private final TransactionOperations transactions;

    public OrderRevocation(JdbcClient database, EnrolledRows rows, TakeBack takeBack, Approvals approvals, TransactionOperations transactions) {
        this.database = database;
        this.rows = rows;
        this.takeBack = takeBack;
        this.approvals = approvals;
        this.transactions = transactions;
    }

    /** Whether it takes two. */
    public static boolean takesTwo(Enrolled certificate, RevocationReason reason) {
        return certificate.owner().kind() != Owner.Kind.PERSON && reason != RevocationReason.KEY_COMPROMISE;
    }

    public Approval ask(Actor requester, Enrolled certificate, RevocationReason reason, String why, String from) {
        ApprovalAct act = certificate.owner().kind() == Owner.Kind.UNIT ? ApprovalAct.AGENCY_REVOCATION : ApprovalAct.SYSTEM_REVOCATION;
        Approval asked = transactions.execute(transaction -> {
            Approval approval = approvals.ask(requester, act, certificate.owner().id(), certificate.id().toString(), why, from);
            database.sql("INSERT INTO revocation_order (approval, certificate, reason) VALUES (?, ?, ?)").params(approval.id(), certificate.id(), reason.word()).update();
            return approval;
        });
        if (asked == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        return asked;
    }

    public Optional<Revocation> subject(UUID approval) {
        return database.sql("SELECT certificate, reason FROM revocation_order WHERE approval = ?").param(approval)
            .query((row, number) -> new Revocation(rows.find(row.getObject("certificate", UUID.class)).orElseThrow(), RevocationReason.named(row.getString("reason")).orElseThrow())).optional();
    }

    /** Revokes, for who asked. Throws {@link Problem} for everybody else and every second time; where the authority is away, the approval is as it was. */
    public Enrolled carryOut(Actor requester, UUID id, String from) {
        Approval approval = approvals.find(id).filter(asked -> asked.requester().equals(requester.number()) && ACTS.contains(asked.act()))
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
        approvals.requireRight(requester, approval);
        Revocation wanted = subject(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
        transactions.executeWithoutResult(transaction -> {
            approvals.consume(id, approval.act(), requester.number(), from);
            takeBack.revoke(wanted.certificate(), wanted.reason(), requester.number(), from); // a second time changes nothing at the authority
        });
        return wanted.certificate();
    }
}
