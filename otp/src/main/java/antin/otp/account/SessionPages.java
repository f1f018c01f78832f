package antin.otp.account;

import antin.directory.Person;
import antin.otp.login.Outcomes;
import antin.otp.login.PersonSessions;
import antin.otp.login.Target;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where I am logged in, and the way to end it there. */
@Controller
@RequestMapping(SessionPages.PATH)
final class SessionPages {

    static final String PATH = "/account/sessions";

    private final PersonSessions sessions;
    private final Outcomes outcomes;

    SessionPages(PersonSessions sessions, Outcomes outcomes) {
        this.sessions = sessions;
        this.outcomes = outcomes;
    }

    @GetMapping
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam Optional<String> ended, HttpServletRequest request) {
        return new ModelAndView("sessions").addObject("places", sessions.list(person.number(), request.getSession().getId())).addObject("ended", ended.isPresent());
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
