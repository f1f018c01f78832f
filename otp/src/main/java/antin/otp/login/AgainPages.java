package antin.otp.login;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.policy.Level;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A second factor anew, before what wants a young one (RFC 9470's step-up, within our own pages). */
@Controller
@RequestMapping(Target.AGAIN)
final class AgainPages {

    private final LogIn logIn;
    private final ActivePeople people;
    private final SecondStep second;

    AgainPages(LogIn logIn, ActivePeople people, SecondStep second) {
        this.logIn = logIn;
        this.people = people;
        this.second = second;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView ask(@RequestParam Optional<String> to, @RequestParam Optional<String> acr, Authentication present, HttpServletRequest request) {
        return second.page(Target.AGAIN, Target.of(to.orElse(null)), person(present), request.getRemoteAddr(), isStrong(acr));
    }

    @PostMapping
    ModelAndView check(@RequestParam String code, @RequestParam Optional<String> to, @RequestParam Optional<String> acr, Authentication present, HttpServletRequest request,
        HttpServletResponse response) {
        Person person = person(present);
        LoginAnswer answer = logIn.code(person, code, request.getRemoteAddr());
        return second.answer(answer, Target.AGAIN, Target.of(to.orElse(null)), person, present, isStrong(acr), request, response);
    }

    static boolean isStrong(Optional<String> acr) {
        return acr.flatMap(Level::of).filter(Level.PHISHING_RESISTANT::equals).isPresent();
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
