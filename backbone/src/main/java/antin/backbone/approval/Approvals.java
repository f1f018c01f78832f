package antin.backbone.approval;

import antin.backbone.approval.Approval.State;
import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The second pair of eyes. Who approves is an administrator with the same right over the beneficiary, a person, a unit or the city's systems; never the requester, never the beneficiary, and nobody whom the requester
 * made or reset, since that pair may be one person. An approval is valid for a day and used once. Safe for use by many threads and several processes.
 */
public final class Approvals {

    public static final int LONGEST_REASON = 300;

    private final ApprovalRows rows;
    private final HandledBy handled;
    private final Administration administration;
    private final Outcomes outcomes;

    public Approvals(JdbcClient database, HandledBy handled, Administration administration, Outcomes outcomes, Clock clock) {
        this.rows = new ApprovalRows(database, clock);
        this.handled = handled;
        this.administration = administration;
        this.outcomes = outcomes;
    }

    /** Throws {@link Problem} NOT_ALLOWED for those who lack the right themselves, CONFLICT where the same is asked already. */
    public Approval ask(Actor requester, ApprovalAct act, String beneficiary, String reason, String from) {
        return ask(requester, act, beneficiary, "", reason, from);
    }

    /** As the other; the same is only what is also about the same. */
    public Approval ask(Actor requester, ApprovalAct act, String beneficiary, String about, String reason, String from) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A reason is needed.");
        }
        Map<String, String> what = Map.of("act", act.word(), "beneficiary", beneficiary);
        if (act.isAskedForOneself() ? !requester.number().equals(beneficiary) : !mayDo(requester, act, beneficiary)) {
            outcomes.tell("approval.asked", "refused", requester.number(), from, what);
            throw new Problem(Kind.NOT_ALLOWED, "You may not do this here.");
        }
        Approval asked = rows.add(act, requester.number(), beneficiary, about, reason.strip())
            .orElseThrow(() -> new Problem(Kind.CONFLICT, "You have asked for this already."));
        outcomes.tell("approval.asked", "done", requester.number(), from, details(asked));
        return asked;
    }

    /** Throws {@link Problem} NOT_ALLOWED for a requester who has lost the right since. */
    public void requireRight(Actor requester, Approval approval) {
        if (!mayDo(requester, approval.act(), approval.beneficiary())) {
            throw new Problem(Kind.NOT_ALLOWED, "You may not do this here.");
        }
    }

    /** Whether this person may be the second one. */
    public boolean mayDecide(Actor approver, Approval approval) {
        return approval.state() == State.OPEN && !approver.number().equals(approval.requester()) && !approver.number().equals(approval.beneficiary())
            && mayDo(approver, approval.act(), approval.beneficiary()) && !handled.ever(approver.number(), approval.requester());
    }

    public Approval give(Actor approver, UUID id, String from) {
        return decide(approver, id, State.GIVEN, "approval.given", from);
    }

    public Approval refuse(Actor approver, UUID id, String from) {
        return decide(approver, id, State.REFUSED, "approval.refused", from);
    }

    /** Uses it up: returns for exactly one caller, who then does the act. Throws {@link Problem} CONFLICT for every other. @param who a person's number or a process */
    public Approval consume(UUID id, ApprovalAct act, String who, String from) {
        return used(rows.use(id, act), id, act, who, from);
    }

    /** As the other, for a caller who says for whom and about what: an approval of something else is not used up by it. */
    public Approval consume(UUID id, ApprovalAct act, String beneficiary, String about, String who, String from) {
        return used(rows.use(id, act, beneficiary, about), id, act, who, from);
    }

    private Approval used(Optional<Approval> used, UUID id, ApprovalAct act, String who, String from) {
        outcomes.tell("approval.used", used.isPresent() ? "done" : "refused", who, from, used.map(Approvals::details).orElseGet(() -> Map.of("id", id.toString(), "act", act.word())));
        return used.orElseThrow(() -> new Problem(Kind.CONFLICT, "This approval is not given, is used, or is too old."));
    }

    public Optional<Approval> find(UUID id) {
        return rows.find(id);
    }

    /** The last month's, newest first, that the actor asked for. */
    public List<Approval> mine(Actor actor) {
        return rows.recent().stream().filter(approval -> approval.requester().equals(actor.number())).toList();
    }

    /** Open ones that the actor may decide. */
    public List<Approval> open(Actor actor) {
        return rows.recent().stream().filter(approval -> mayDecide(actor, approval)).toList();
    }

    /** Whether {@code actor} takes or took part, within two days, in {@code act} for the beneficiary. */
    public boolean hasPart(String actor, ApprovalAct act, String beneficiary) {
        return rows.of(act, beneficiary).stream().filter(approval -> approval.state() != State.REFUSED && approval.state() != State.EXPIRED)
            .anyMatch(approval -> approval.requester().equals(actor) || approval.decidedBy().filter(actor::equals).isPresent());
    }

    private Approval decide(Actor approver, UUID id, State state, String act, String from) {
        Approval open = rows.find(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
        if (open.state() != State.OPEN) {
            throw new Problem(Kind.CONFLICT, "This was decided already, or is too old.");
        }
        if (!mayDecide(approver, open)) {
            outcomes.tell(act, "refused", approver.number(), from, details(open));
            throw new Problem(Kind.NOT_ALLOWED, "You may not decide this.");
        }
        outcomes.tell(act, "begun", approver.number(), from, details(open));
        Approval decided = rows.decide(id, state, approver.number()).orElseThrow(() -> new Problem(Kind.CONFLICT, "This was decided already, or is too old."));
        outcomes.tell(act, "done", approver.number(), from, details(decided));
        return decided;
    }

    private boolean mayDo(Actor actor, ApprovalAct act, String beneficiary) {
        return switch (act.beneficiary()) {
            case PERSON -> mayDoForPerson(actor, act, beneficiary);
            case UNIT -> administration.register().unit(beneficiary).filter(unit -> administration.units().may(actor, act.right(), unit)).isPresent();
            case SYSTEM -> Rights.may(actor, act.right(), Place.ofCity());
        };
    }

    /** Whoever may know the beneficiary's password gets no hand in what stands beside it: both together would be their login. */
    private boolean mayDoForPerson(Actor actor, ApprovalAct act, String beneficiary) {
        Optional<PersonEntry> person = administration.register().person(beneficiary);
        return person.isPresent() && administration.people().may(actor, act.right(), person.get())
            && (act != ApprovalAct.FACTOR_RESET || !handled.knowsPassword(beneficiary, actor.number()));
    }

    private static Map<String, String> details(Approval approval) {
        return Map.of("id", approval.id().toString(), "act", approval.act().word(), "requester", approval.requester(), "beneficiary", approval.beneficiary(),
            "about", approval.about(), "reason", approval.reason());
    }
}
