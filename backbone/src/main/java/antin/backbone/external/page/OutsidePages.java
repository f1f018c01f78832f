package antin.backbone.external.page;

import antin.backbone.admin.Answers;
import antin.backbone.enrolment.page.CertificateFiles;
import antin.backbone.external.OutsideOwners;
import antin.backbone.external.RegisterOutside;
import antin.ca.external.Challenge;
import antin.ca.external.OutsideFault;
import antin.ca.external.OutsideRefusal;
import antin.ca.external.Owner;
import antin.ca.external.Proof;
import antin.ca.external.Registered;
import antin.ca.external.Registrations;
import antin.directory.Person;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
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

/** Certificates issued elsewhere, mine or of an agency that I administer: the list, and registering one without the bridge, by files. */
@Controller
@RequestMapping(OutsidePages.PATH)
final class OutsidePages {

    static final String PATH = "/account/certificates/outside";
    static final int LARGEST_CERTIFICATE = 16 * 1024;
    static final String ID = "{id:[0-9a-f]{32}}";
    private static final Set<String> TOLD = Set.of("good", "waiting");

    private final RegisterOutside register;
    private final Registrations registrations;
    private final OutsideOwners owners;
    private final Clock clock;

    OutsidePages(RegisterOutside register, Registrations registrations, OutsideOwners owners, Clock clock) {
        this.register = register;
        this.registrations = registrations;
        this.owners = owners;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String unit, @RequestParam Optional<String> done) {
        return page(person, unit).addObject("told", done.filter(TOLD::contains).map(word -> "outside.done." + word).orElse(""));
    }

    /** The certificate; goes on to what is to be signed. */
    @PostMapping
    ModelAndView begin(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String unit, @RequestParam(defaultValue = "") String text,
        HttpServletRequest request) throws IOException, ServletException {
        try {
            return Answers.seeOther(PATH + "/challenges/" + register.begin(person, unit, Sent.read(request, text, LARGEST_CERTIFICATE)).id());
        } catch (OutsideRefusal refusal) {
            return refused(page(person, unit), refusal);
        }
    }

    @GetMapping("/challenges/" + ID)
    ModelAndView challenge(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        try {
            return shown(register.asked(person, id));
        } catch (OutsideRefusal refusal) {
            return refused(page(person, ""), refusal);
        }
    }

    @GetMapping("/challenges/" + ID + "/challenge.txt")
    ResponseEntity<byte[]> file(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        return CertificateFiles.file(MediaType.TEXT_PLAIN, "challenge.txt", register.asked(person, id).toBeSigned());
    }

    /** A detached CMS of the challenge. One try, so that nobody tries many. */
    @PostMapping("/signature")
    ModelAndView sign(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String id, @RequestParam(defaultValue = "") String text,
        HttpServletRequest request) throws IOException, ServletException {
        String unit = "";
        try {
            String owner = register.asked(person, id).owner();
            unit = Owner.kind(owner) == Owner.Kind.AGENCY ? Owner.bare(owner) : "";
            byte[] untrustedSignature = Sent.read(request, text, Proof.LARGEST_SIGNATURE);
            if (untrustedSignature.length == 0) {
                return refused(shown(register.asked(person, id)), new OutsideRefusal(OutsideFault.MISSING));
            }
            Registered registered = register.finish(person, id, Proof.cms(untrustedSignature), request.getRemoteAddr());
            return Answers.seeOther(PATH + "?done=" + registered.state().word() + (unit.isEmpty() ? "" : "&unit=" + unit));
        } catch (OutsideRefusal refusal) {
            return refused(page(person, unit), refusal);
        }
    }

    private static ModelAndView shown(Challenge challenge) {
        return new ModelAndView("outside-challenge", Map.of("challenge", challenge, "text", new String(challenge.toBeSigned(), StandardCharsets.UTF_8)));
    }

    static ModelAndView refused(ModelAndView page, OutsideRefusal refusal) {
        page.setStatus(refusal.fault() == OutsideFault.STATUS_UNKNOWN ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNPROCESSABLE_CONTENT);
        return page.addObject("fault", refusal.fault().word());
    }

    private ModelAndView page(Person person, String unit) {
        Owner owner = owners.of(person, unit);
        return new ModelAndView("outside", Map.of("certificates", registrations.of(owner.id()), "owner", owner, "unit", unit, "now", clock.instant(),
            "authorities", registrations.authorities().stream().filter(authority -> authority.owners().contains(owner.kind())).toList()));
    }
}
