package antin.backbone.enrolment.admin;

import antin.backbone.admin.Answers;
import antin.backbone.admin.May;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.backbone.enrolment.DeliverKey;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.RecoverKey;
import antin.backbone.enrolment.page.CertificateFiles;
import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Having a person's mail key opened: asked here, allowed on the page of approvals, fetched here by whoever asked. */
@Controller
public final class RecoveryPages {

    private static final String ASK = "/admin/people/{number}/mail-keys";
    private static final String FETCH = "/admin/mail-keys/{approval}";

    private final Administration administration;
    private final RecoverKey recover;
    private final DeliverKey deliver;
    private final Approvals approvals;
    private final Clock clock;

    public RecoveryPages(Administration administration, RecoverKey recover, DeliverKey deliver, Approvals approvals, Clock clock) {
        this.administration = administration;
        this.recover = recover;
        this.deliver = deliver;
        this.approvals = approvals;
        this.clock = clock;
    }

    @GetMapping(ASK)
    ModelAndView list(Actor actor, @PathVariable String number) {
        return page(actor, number);
    }

    @PostMapping(ASK)
    ModelAndView ask(Actor actor, @PathVariable String number, @RequestParam UUID certificate, @RequestParam(defaultValue = "") String reason, HttpServletRequest request) {
        ModelAndView page = page(actor, number);
        if (reason.isBlank() || reason.length() > Approvals.LONGEST_REASON) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page.addObject("reasonError", true).addObject("chosen", certificate).addObject("reason", reason);
        }
        Enrolled archived = recover.archived(number).stream().filter(one -> one.id().equals(certificate)).findFirst()
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such key."));
        return Answers.seeOther("/approvals/" + recover.ask(actor, archived, reason, request.getRemoteAddr()).id());
    }

    /** Of an approval that was given: opens the key, which then waits. */
    @PostMapping(FETCH + "/open")
    ModelAndView open(Actor actor, @PathVariable UUID approval, HttpServletRequest request) {
        recover.carryOut(approval, actor.number(), request.getRemoteAddr());
        return Answers.seeOther("/admin/mail-keys/" + approval + "/key");
    }

    @GetMapping(FETCH + "/key")
    ModelAndView askBeforeShowing(Actor actor, @PathVariable UUID approval) {
        Enrolled certificate = asked(actor, approval);
        return new ModelAndView("certificate-key", Map.of("certificate", certificate, "path", "/admin/mail-keys/" + approval, "back", "/approvals/" + approval,
            "waits", deliver.waits(certificate.id(), actor.number())));
    }

    @PostMapping(FETCH + "/key")
    ModelAndView show(Actor actor, @PathVariable UUID approval, HttpServletRequest request) {
        return new ModelAndView("certificate-key-shown", Map.of("path", "/admin/mail-keys/" + approval, "back", "/approvals/" + approval,
            "password", deliver.password(asked(actor, approval), actor.number(), request.getRemoteAddr())));
    }

    @PostMapping(FETCH + "/key/file")
    ResponseEntity<byte[]> file(Actor actor, @PathVariable UUID approval, HttpServletRequest request) {
        Enrolled certificate = asked(actor, approval);
        return CertificateFiles.file(CertificateFiles.PKCS12, CertificateFiles.name(certificate) + ".p12", deliver.file(certificate, actor.number(), request.getRemoteAddr()));
    }

    private ModelAndView page(Actor actor, String number) {
        PersonEntry person = May.wholePerson(administration, actor, number);
        May.require(administration.people().may(actor, Act.RESET_FACTORS, person));
        List<Enrolled> archived = recover.archived(number);
        return new ModelAndView("admin/mail-keys").addObject("person", person).addObject("certificates", archived).addObject("now", clock.instant()).addObject("reasonError", false)
            .addObject("reason", "").addObject("chosen", archived.isEmpty() ? "" : archived.getFirst().id());
    }

    /** For nobody but who asked. */
    private Enrolled asked(Actor actor, UUID approval) {
        return approvals.find(approval).filter(one -> one.act() == ApprovalAct.KEY_RECOVERY && one.requester().equals(actor.number())).flatMap(one -> recover.subject(approval))
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
    }
}
