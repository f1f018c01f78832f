package antin.otp.account;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import antin.otp.login.PersonSessions;
import antin.otp.login.Target;
import antin.otp.oidc.TokenFamilies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where I am logged in, by browser and with programs that stay connected, and the way to end it there. */
@Controller
@RequestMapping(SessionPages.PATH)
final class SessionPages {

    static final String PATH = "/account/sessions";

    private final PersonSessions sessions;
    private final TokenFamilies families;
    private final Outcomes outcomes;

    SessionPages(PersonSessions sessions, TokenFamilies families, Outcomes outcomes) {
        this.sessions = sessions;
        this.families = families;
        this.outcomes = outcomes;
    }

    @GetMapping
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam Optional<String> ended, HttpServletRequest request) {
        return new ModelAndView("sessions").addObject("places", sessions.list(person.number(), request.getSession().getId())).addObject("applications", families.of(person.number()))
            .addObject("ended", ended.isPresent());
    }

    /** What it was given is void at once, and its open mail connections close. */
    @PostMapping("/applications/{id}/end")
    ModelAndView disconnect(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, HttpServletRequest request) {
        if (!families.end(person.number(), id, "owner", request.getRemoteAddr())) {
            throw new Problem(Kind.NOT_FOUND, "There is no such application.");
        }
        return Target.seeOther(PATH + "?ended");
    }

    /** @param place one of them, or empty for all but this one */
    @PostMapping("/end")
    ModelAndView end(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String place, HttpServletRequest request) {
        if (place.isEmpty()) {
            sessions.endBut(person.number(), request.getSession().getId());
        } else {
            sessions.endOne(person.number(), place);
        }
        outcomes.tell("session.ended", "done", person.number(), request.getRemoteAddr(), Map.of("which", place.isEmpty() ? "others" : place));
        return Target.seeOther(PATH + "?ended");
    }
}
