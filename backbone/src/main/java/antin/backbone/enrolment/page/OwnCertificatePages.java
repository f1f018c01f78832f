package antin.backbone.enrolment.page;

import antin.backbone.admin.Answers;
import antin.backbone.enrolment.DeliverKey;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.Owner;
import antin.backbone.enrolment.SetAside;
import antin.backbone.enrolment.TakeBack;
import antin.ca.RevocationReason;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One of my certificates: what it says, as a file, and taking it back. */
@Controller
@RequestMapping(OwnPages.PATH + "/{id:[0-9a-f]{8}-[0-9a-f-]{27}}")
final class OwnCertificatePages {

    /** Why people take back their own; other reasons are for those who administer. */
    static final List<RevocationReason> REASONS = List.of(RevocationReason.KEY_COMPROMISE, RevocationReason.SUPERSEDED, RevocationReason.CESSATION_OF_OPERATION);

    private final EnrolledRows rows;
    private final TakeBack takeBack;
    private final SetAside setAside;
    private final DeliverKey deliver;
    private final Clock clock;

    OwnCertificatePages(EnrolledRows rows, TakeBack takeBack, SetAside setAside, DeliverKey deliver, Clock clock) {
        this.setAside = setAside;
        this.deliver = deliver;
        this.rows = rows;
        this.takeBack = takeBack;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, @RequestParam Optional<String> done) {
        Enrolled certificate = own(person, id);
        return new ModelAndView("certificate", Map.of("certificate", certificate, "facts", CertificateFacts.of(certificate), "now", clock.instant(), "mayHold", certificate.isGood(clock.instant()) && setAside.isPossible(certificate), "waits", certificate.issued().isPresent() && deliver.waits(id, person.number()),
            "told", done.filter(Set.of("issued", "held")::contains).map(word -> "enrolment.done." + word).orElse("")));
    }

    @GetMapping("/certificate.pem")
    ResponseEntity<byte[]> pem(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return CertificateFiles.pem(own(person, id));
    }

    @GetMapping("/certificate.cer")
    ResponseEntity<byte[]> der(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return CertificateFiles.der(own(person, id));
    }

    @GetMapping("/chain.pem")
    ResponseEntity<byte[]> chain(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return CertificateFiles.chain(own(person, id));
    }

    @GetMapping("/revoke")
    ModelAndView askBeforeRevoking(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return new ModelAndView("certificate-revoke", Map.of("certificate", good(person, id), "reasons", REASONS));
    }

    @PostMapping("/revoke")
    ModelAndView revoke(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, @RequestParam(defaultValue = "") String reason, HttpServletRequest request) {
        RevocationReason chosen = RevocationReason.named(reason).filter(REASONS::contains).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such reason."));
        takeBack.revoke(good(person, id), chosen, person.number(), request.getRemoteAddr());
        return Answers.seeOther(OwnPages.PATH + "?done=revoked");
    }

    /** By whoever has lost sight of their token; an administrator releases it. */
    @PostMapping("/hold")
    ModelAndView hold(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, HttpServletRequest request) {
        setAside.hold(own(person, id), person.number(), request.getRemoteAddr());
        return Answers.seeOther(OwnPages.PATH + '/' + id + "?done=held");
    }

    private Enrolled good(Person person, UUID id) {
        Enrolled certificate = own(person, id);
        if (!certificate.isRevocable(clock.instant())) {
            throw new Problem(Kind.CONFLICT, "There is nothing to revoke.");
        }
        return certificate;
    }

    /** Of others' certificates nothing is told here, not even that they are there. */
    private Enrolled own(Person person, UUID id) {
        return rows.find(id).filter(certificate -> certificate.owner().equals(Owner.person(person.number()))).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
    }
}
