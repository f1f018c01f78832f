package antin.backbone.enrolment.page;

import antin.backbone.admin.Answers;
import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.Owner;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestFile;
import antin.ca.enrol.RequestRefusal;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** My certificates, and asking for one with a PKCS#10. */
@Controller
@RequestMapping(OwnPages.PATH)
final class OwnPages {

    static final String PATH = "/account/certificates";
    private static final Set<String> TOLD = Set.of("issued", "asked", "revoked");

    private final EnrolledRows rows;
    private final Enrol enrol;
    private final Clock clock;

    OwnPages(EnrolledRows rows, Enrol enrol, Clock clock) {
        this.rows = rows;
        this.enrol = enrol;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam Optional<String> done) {
        return page(person).addObject("told", done.filter(TOLD::contains).map(word -> "enrolment.done." + word).orElse(""));
    }

    /** The file where one was chosen, else the text. */
    @PostMapping
    ModelAndView ask(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "") String text,
        HttpServletRequest request) throws IOException, ServletException {
        CertificateKind wanted = CertificateKind.of(kind).filter(CertificateKind.of(Owner.Kind.PERSON)::contains).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such kind."));
        try {
            byte[] pkcs10 = RequestFile.read(SentRequest.of(request, text));
            Enrolled enrolled = enrol.enrol(OwnWishes.of(person, wanted, pkcs10, request.getRemoteAddr()));
            return Answers.seeOther(PATH + '/' + enrolled.id() + "?done=issued");
        } catch (RequestRefusal refusal) {
            ModelAndView again = page(person).addObject("fault", refusal.fault().word()).addObject("chosen", wanted.word())
                .addObject("text", refusal.fault() == RequestFault.A_PRIVATE_KEY ? "" : text);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                return Answers.seeOther(PATH + "?done=asked"); // the wish is kept, and asked again by itself
            }
            throw e;
        }
    }

    private ModelAndView page(Person person) {
        return new ModelAndView("certificates", Map.of("certificates", rows.of(Owner.person(person.number())), "now", clock.instant(), "kinds", CertificateKind.of(Owner.Kind.PERSON)));
    }
}
