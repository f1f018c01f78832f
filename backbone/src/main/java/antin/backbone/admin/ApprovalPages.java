package antin.backbone.admin;

import antin.backbone.approval.Approval;
import antin.backbone.approval.Approval.State;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.backbone.approval.ResetFactors;
import antin.backbone.certificates.SubjectNames;
import antin.backbone.enrolment.OrderCertificate;
import antin.backbone.enrolment.OrderRevocation;
import antin.backbone.enrolment.RecoverKey;
import antin.backbone.external.RegisterOutside;
import antin.ca.enrol.RequestedKey;
import antin.ca.external.OutsideRefusal;
import antin.ca.external.Registrations;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What I am asked to allow, and what I asked for. */
@Controller
@RequestMapping("/approvals")
final class ApprovalPages {

    private final Approvals approvals;
    private final ResetFactors resetFactors;
    private final RecoverKey recoverKey;
    private final OrderCertificate orders;
    private final OrderRevocation revocations;
    private final RegisterOutside registerOutside;
    private final Registrations registrations;

    ApprovalPages(Approvals approvals, ResetFactors resetFactors, RecoverKey recoverKey, OrderCertificate orders, OrderRevocation revocations, RegisterOutside registerOutside,
            Registrations registrations) {
        this.orders = orders;
        this.revocations = revocations;
        this.registerOutside = registerOutside;
        this.registrations = registrations;
        this.recoverKey = recoverKey;
        this.approvals = approvals;
        this.resetFactors = resetFactors;
    }

    @GetMapping
    ModelAndView list(Actor actor) {
        return page("admin/approvals").addObject("open", approvals.open(actor)).addObject("mine", approvals.mine(actor));
    }

    @GetMapping("/{id}")
    ModelAndView one(Actor actor, @PathVariable UUID id) {
        Approval approval = visible(actor, id);
        boolean given = approval.requester().equals(actor.number()) && approval.state() == State.GIVEN;
        return page("admin/approval").addObject("approval", approval).addObject("mayDecide", approvals.mayDecide(actor, approval))
            .addObject("key", recoverKey.subject(id).orElse(null)).addObject("outside", registrations.ofApproval(id).orElse(null)).addObject("mayOpen", given && approval.act() == ApprovalAct.KEY_RECOVERY)
            .addObject("mayFetch", approval.requester().equals(actor.number()) && approval.state() == State.USED && approval.act() == ApprovalAct.KEY_RECOVERY)
            .addObject("order", orders.subject(id).orElse(null)).addObject("orderKey", orders.subject(id).map(order -> RequestedKey.of(order.pkcs10())).orElse(null))
            .addObject("orderSubject", orders.subject(id).map(order -> SubjectNames.shown(order.subject().getName())).orElse("")).addObject("issued", orders.certificate(id).orElse(null))
            .addObject("revocation", revocations.subject(id).orElse(null)).addObject("mine", given).addObject("mayCarryOut", given && approval.act() == ApprovalAct.FACTOR_RESET)
            .addObject("handover", approval.act() == ApprovalAct.AGENCY_KEY_HANDOVER);
    }

    @PostMapping("/{id}/give")
    ModelAndView give(Actor actor, @PathVariable UUID id, HttpServletRequest request) {
        approvals.give(actor, id, request.getRemoteAddr());
        settle(id, request);
        return Answers.seeOther("/approvals/" + id);
    }

    @PostMapping("/{id}/refuse")
    ModelAndView refuse(Actor actor, @PathVariable UUID id, HttpServletRequest request) {
        approvals.refuse(actor, id, request.getRemoteAddr());
        settle(id, request);
        return Answers.seeOther("/approvals/" + id);
    }

    /** What nobody has to come back for. */
    private void settle(UUID id, HttpServletRequest request) {
        try {
            registerOutside.settle(id, request.getRemoteAddr());
        } catch (OutsideRefusal e) {
            // its authority does not answer now: the upkeep asks again
        }
    }

    /** The ticket is in the answer itself, once, and kept nowhere. */
    @PostMapping("/{id}/carry-out")
    ModelAndView carryOut(Actor actor, @PathVariable UUID id, HttpServletRequest request) {
        Approval approval = visible(actor, id);
        return page("admin/ticket-shown").addObject("approval", approval).addObject("ticket", resetFactors.carryOut(id, actor.number(), request.getRemoteAddr()));
    }

    /** Says itself which entry of the menu it is: what holds for all pages of administration would win over an attribute of this class. */
    private static ModelAndView page(String view) {
        return new ModelAndView(view).addObject("section", "approvals");
    }

    /** Of what does not concern the actor nothing is told, not even that it is there. */
    private Approval visible(Actor actor, UUID id) {
        return approvals.find(id).filter(approval -> approval.requester().equals(actor.number()) || approval.decidedBy().filter(actor.number()::equals).isPresent()
            || approvals.mayDecide(actor, approval)).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
    }
}
