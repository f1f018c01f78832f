package antin.otp.account;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.factor.Devices;
import antin.otp.login.PersonFactors;
import antin.otp.login.PersonSessions;
import antin.otp.login.Target;
import antin.otp.passkey.Passkey;
import antin.otp.passkey.Passkeys;
import jakarta.servlet.http.HttpServletRequest;
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

/** My passkeys: the page's script asks for the options, and sends the form with what the authenticator made. */
@Controller
@RequestMapping(FactorPages.PATH + "/passkeys")
final class PasskeyFactorPages {

    private final Passkeys passkeys;
    private final PersonFactors factors;
    private final PersonSessions sessions;

    PasskeyFactorPages(Passkeys passkeys, PersonFactors factors, PersonSessions sessions) {
        this.passkeys = passkeys;
        this.factors = factors;
        this.sessions = sessions;
    }

    @PostMapping("/options")
    ResponseEntity<String> options(@ModelAttribute(value = "person", binding = false) Person person) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(passkeys.creationOptions(person.number(), person.address(), person.name()));
    }

    @PostMapping
    ModelAndView register(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String credential, HttpServletRequest request) {
        String label = name.isBlank() ? "Passkey" : name.strip().substring(0, Math.min(name.strip().length(), Devices.LONGEST_NAME));
        if (!factors.addPasskey(person.number(), label, credential, request.getRemoteAddr())) {
            return Target.seeOther(FactorPages.PATH + "?refused");
        }
        return Target.seeOther(FactorPages.PATH + "?added");
    }

    @GetMapping("/{id}/remove")
    ModelAndView askBeforeRemoving(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id) {
        return new ModelAndView("factor-remove").addObject("name", passkey(person, id).name()).addObject("action", FactorPages.PATH + "/passkeys/" + id + "/remove")
            .addObject("removable", factors.mayRemove(person.number()));
    }

    @PostMapping("/{id}/remove")
    ModelAndView remove(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable String id, HttpServletRequest request) {
        passkey(person, id);
        if (factors.removePasskey(person.number(), id, request.getRemoteAddr()).isEmpty()) {
            throw new Problem(Kind.CONFLICT, "The last factor stays.");
        }
        sessions.endBut(person.number(), request.getSession().getId());
        return Target.seeOther(FactorPages.PATH + "?removed");
    }

    private Passkey passkey(Person person, String id) {
        return factors.passkeys(person.number()).stream().filter(known -> known.id().equals(id)).findFirst().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such passkey."));
    }
}
