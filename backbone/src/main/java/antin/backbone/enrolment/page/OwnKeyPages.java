package antin.backbone.enrolment.page;

import antin.backbone.admin.Answers;
import antin.backbone.certificates.SubjectNames;
import antin.backbone.enrolment.DeliverKey;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.Owner;
import antin.ca.enrol.RequestRefusal;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** A key for decrypting mail that is made for me: asked for, then fetched once. */
@Controller
@RequestMapping(OwnPages.PATH)
final class OwnKeyPages {

    private final EnrolledRows rows;
    private final DeliverKey deliver;

    OwnKeyPages(EnrolledRows rows, DeliverKey deliver) {
        this.rows = rows;
        this.deliver = deliver;
    }

    @PostMapping("/mail-key")
    ModelAndView make(@ModelAttribute(value = "person", binding = false) Person person, HttpServletRequest request) {
        try {
            Enrolled made = deliver.make(person.number(), SubjectNames.of(person), OwnWishes.addresses(person), request.getRemoteAddr());
            return Answers.seeOther(OwnPages.PATH + '/' + made.id() + "/key");
        } catch (RequestRefusal refusal) {
            throw new Problem(Kind.CONFLICT, String.valueOf(refusal.getMessage()), refusal); // the list tells why
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                return Answers.seeOther(OwnPages.PATH + "?done=asked");
            }
            throw e;
        }
    }

    @GetMapping("/{id}/key")
    ModelAndView askBeforeShowing(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        Enrolled certificate = own(person, id);
        return new ModelAndView("certificate-key", Map.of("certificate", certificate, "path", OwnPages.PATH + '/' + id, "back", OwnPages.PATH + '/' + id,
            "waits", certificate.issued().isPresent() && deliver.waits(id, person.number())));
    }

    /** The password is in the answer itself, once, and kept nowhere. */
    @PostMapping("/{id}/key")
    ModelAndView show(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, HttpServletRequest request) {
        return new ModelAndView("certificate-key-shown", Map.of("path", OwnPages.PATH + '/' + id, "back", OwnPages.PATH + '/' + id,
            "password", deliver.password(own(person, id), person.number(), request.getRemoteAddr())));
    }

    @PostMapping("/{id}/key/file")
    ResponseEntity<byte[]> file(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, HttpServletRequest request) {
        Enrolled certificate = own(person, id);
        return CertificateFiles.file(CertificateFiles.PKCS12, CertificateFiles.name(certificate) + ".p12", deliver.file(certificate, person.number(), request.getRemoteAddr()));
    }

    private Enrolled own(Person person, UUID id) {
        return rows.find(id).filter(certificate -> certificate.owner().equals(Owner.person(person.number()))).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
    }
}
