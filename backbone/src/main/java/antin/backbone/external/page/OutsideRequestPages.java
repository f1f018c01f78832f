package antin.backbone.external.page;

import antin.backbone.admin.Answers;
import antin.backbone.enrolment.page.CertificateFiles;
import antin.backbone.external.AskOutside;
import antin.backbone.external.OutsideOwners;
import antin.ca.RevocationReason;
import antin.ca.external.OutsideRefusal;
import antin.ca.external.OutsideRequests.OutsideRequest;
import antin.ca.external.OutsideRequests.State;
import antin.ca.external.OutsideRequests.Wish;
import antin.ca.external.Owner;
import antin.ca.external.Proof;
import antin.ca.external.Registered;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One certificate issued elsewhere, and what is asked of its authority: the letter, its signature, its way, the answer. */
@Controller
@RequestMapping(OutsidePages.PATH)
final class OutsideRequestPages {

    private static final String CERTIFICATE = "/{sha256:[0-9a-f]{64}}";
    private static final String REQUEST = "/requests/{id:[0-9a-f]{16}}";
    private static final List<RevocationReason> REASONS = List.of(RevocationReason.KEY_COMPROMISE, RevocationReason.AFFILIATION_CHANGED, RevocationReason.SUPERSEDED, RevocationReason.CESSATION_OF_OPERATION);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final AskOutside ask;
    private final OutsideOwners owners;
    private final Clock clock;

    OutsideRequestPages(AskOutside ask, OutsideOwners owners, Clock clock) {
        this.ask = ask;
        this.owners = owners;
        this.clock = clock;
    }

    @GetMapping(CERTIFICATE)
    ModelAndView certificate(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String sha256) {
        Registered one = ask.certificate(person, sha256);
        return new ModelAndView("outside-certificate", Map.of("certificate", one, "subject", one.x509().getSubjectX500Principal().getName(), "issuer", one.x509().getIssuerX500Principal().getName(),
            "requests", ask.about(one), "reasons", REASONS, "unit", unit(one), "owner", one.owner()));
    }

    @GetMapping(CERTIFICATE + "/certificate.cer")
    ResponseEntity<byte[]> file(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String sha256) {
        return CertificateFiles.file(MediaType.parseMediaType("application/pkix-cert"), "certificate.cer", ask.certificate(person, sha256).certificate());
    }

    /** One that is open already where the same was asked. */
    @PostMapping(CERTIFICATE + "/requests")
    ModelAndView prepare(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String sha256, @RequestParam(defaultValue = "") String wish,
        @RequestParam(defaultValue = "") String reason) {
        Wish wanted = wish.equals(Wish.REVOKE.word()) ? Wish.REVOKE : Wish.CHANGE;
        return back(ask.prepare(person, sha256, wanted, reason));
    }

    @GetMapping(REQUEST)
    ModelAndView request(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        return page(person, ask.request(person, id));
    }

    @GetMapping(REQUEST + "/request.txt")
    ResponseEntity<byte[]> document(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        OutsideRequest request = ask.request(person, id);
        return CertificateFiles.file(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8), "request-" + request.id() + ".txt", request.document());
    }

    @GetMapping(REQUEST + "/request.p7s")
    ResponseEntity<byte[]> signature(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        OutsideRequest request = ask.request(person, id);
        return CertificateFiles.file(MediaType.parseMediaType("application/pkcs7-signature"), "request-" + request.id() + ".p7s",
            request.signature().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "It is not signed.")));
    }

    @PostMapping("/requests/signature")
    ModelAndView sign(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String id, @RequestParam(defaultValue = "") String text,
        HttpServletRequest request) throws IOException, ServletException {
        try {
            return back(ask.sign(person, id, Proof.cms(Sent.read(request, text, Proof.LARGEST_SIGNATURE))));
        } catch (OutsideRefusal refusal) {
            return OutsidePages.refused(page(person, ask.request(person, id)), refusal);
        }
    }

    @PostMapping(REQUEST + "/sent")
    ModelAndView sent(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id, @RequestParam(defaultValue = "") String note) {
        return back(ask.sent(person, id, note));
    }

    @PostMapping(REQUEST + "/withdraw")
    ModelAndView withdraw(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        return back(ask.withdraw(person, id));
    }

    @PostMapping(REQUEST + "/answer")
    ModelAndView answer(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id, @RequestParam(defaultValue = "") String outcome,
        @RequestParam(defaultValue = "") String reference, @RequestParam(defaultValue = "") String date, @RequestParam(defaultValue = "") String note) {
        return back(ask.answer(person, id, granted(outcome), reference, day(date), note));
    }

    private static boolean granted(String outcome) {
        return switch (outcome) {
            case "granted" -> true;
            case "refused" -> false;
            default -> throw new Problem(Kind.MALFORMED_REQUEST, "No such outcome.");
        };
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "No such date.", e);
        }
    }

    private static ModelAndView back(OutsideRequest request) {
        return Answers.seeOther(OutsidePages.PATH + "/requests/" + request.id());
    }

    private ModelAndView page(Person person, OutsideRequest request) {
        Registered about = ask.certificate(person, request.certificateSha256());
        return new ModelAndView("outside-request", Map.of("request", request, "document", new String(request.document(), StandardCharsets.UTF_8), "about", about,
            "mayAnswer", request.state() == State.SENT && owners.mayAnswerFor(person.number(), about.owner()), "today", LocalDate.ofInstant(clock.instant(), ZONE).toString()));
    }

    private static String unit(Registered one) {
        return Owner.kind(one.owner()) == Owner.Kind.AGENCY ? Owner.bare(one.owner()) : "";
    }
}
