package antin.backbone.approval;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.login.FactorNews;
import antin.otp.login.PersonFactors;
import java.util.Map;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes all second factors of a person away after a second administrator allowed it, ends what they are logged in with, and makes the ticket to enrol anew with. Using the
 * approval up, the removal and the ticket are one transaction: a crash leaves the approval to be used again, or all of it done.
 */
public final class ResetFactors {

    private final Approvals approvals;
    private final HandledBy handled;
    private final PersonFactors factors;
    private final EnrolmentTickets tickets;
    private final EndLogins logins;
    private final FactorNews news;
    private final TransactionOperations transactions;

    public ResetFactors(Approvals approvals, HandledBy handled, PersonFactors factors, EnrolmentTickets tickets, EndLogins logins, FactorNews news, TransactionOperations transactions) {
        this.approvals = approvals;
        this.handled = handled;
        this.factors = factors;
        this.tickets = tickets;
        this.logins = logins;
        this.news = news;
        this.transactions = transactions;
    }

    /** The ticket, to be shown once to the requester, who asked and hands it over. Throws {@link Problem} for everybody else and for every second time. */
    public String carryOut(UUID id, String requester, String from) {
        Approval approval = approvals.find(id).filter(asked -> asked.requester().equals(requester) && asked.act() == ApprovalAct.FACTOR_RESET)
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
        String person = approval.beneficiary();
        if (handled.knowsPassword(person, requester)) {
            throw new Problem(Kind.NOT_ALLOWED, "Whoever set the password does not reset the factors."); // set by other means since it was asked
        }
        String ticket = transactions.execute(transaction -> {
            Approval used = approvals.consume(id, ApprovalAct.FACTOR_RESET, requester, from);
            int removed = factors.reset(person);
            handled.factorsReset(person, requester);
            used.decidedBy().ifPresent(approver -> handled.factorsReset(person, approver));
            logins.appPasswords(person, requester, from);
            news.reset(person, requester, from, Map.of("approval", id.toString(), "approver", used.decidedBy().orElse(""), "removed", Integer.toString(removed)));
            return tickets.issue(person);
        });
        logins.sessions(person, requester, from);
        if (ticket == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        return ticket;
    }
}
