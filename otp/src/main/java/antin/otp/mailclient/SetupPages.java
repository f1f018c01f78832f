package antin.otp.mailclient;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** How to set up one's own mail programs, with the names and ports of this installation. */
@Controller
@RequestMapping("/account/setup")
final class SetupPages {

    private final MailServerAddress server;
    private final ProfileSignature signature;
    private final ActivePeople people;

    SetupPages(MailServerAddress server, ProfileSignature signature, ActivePeople people) {
        this.server = server;
        this.signature = signature;
        this.people = people;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView setup(Authentication present) {
        return new ModelAndView("setup").addObject("person", person(present)).addObject("server", server).addObject("addOn", MailClientFiles.ADD_ON).addObject("policies", MailClientFiles.POLICIES);
    }

    /** Without a password: the device asks for it, and the file may lie anywhere afterwards. Signed, so that the device shows whose it is. */
    @GetMapping("/an-tin.mobileconfig")
    ResponseEntity<byte[]> apple(Authentication present) {
        return MailClientFiles.file("application/x-apple-aspen-config", "an-tin.mobileconfig", signature.sign(new AppleProfile(server).of(person(present))));
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
