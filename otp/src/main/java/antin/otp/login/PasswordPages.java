package antin.otp.login;

import antin.directory.Person;
import antin.directory.password.PasswordPolicy;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A person's own password: changed when they want, or before anything else when they must. */
@Controller
@RequestMapping(PasswordPages.PASSWORD)
final class PasswordPages {

    static final String PASSWORD = "/account/password";

    private final ChangePassword changePassword;
    private final PasswordAge age;
    private final PasswordPolicy policy;
    private final ActivePeople people;
    private final Factors factors;
    private final LoginPolicy login;
    private final LoginSession session;
    private final PersonSessions sessions;

    PasswordPages(ChangePassword changePassword, PasswordAge age, PasswordPolicy policy, ActivePeople people, Factors factors, LoginPolicy login, LoginSession session,
        PersonSessions sessions) {
        this.changePassword = changePassword;
        this.age = age;
        this.policy = policy;
        this.people = people;
        this.factors = factors;
        this.login = login;
        this.session = session;
        this.sessions = sessions;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView form(@RequestParam Optional<String> to, Authentication present, HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        Person person = person(present);
        if (!factors.isComplete(present) && !age.mustChange(person)) { // a session of before this was asked, or another took care of it
            session.raise(factors.withFitPassword(present), login.idle(person), request, response);
            return Target.seeOther(target.afterForm());
        }
        return page(target, person, present, "", "", 0, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView change(@RequestParam(defaultValue = "") String present, @RequestParam(defaultValue = "") String wanted,
        @RequestParam(defaultValue = "") String again, @RequestParam Optional<String> to, Authentication proven, HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        Person person = person(proven);
        return switch (changePassword.change(person, present, wanted, again, request.getRemoteAddr())) {
            case ChangePassword.Changed changed -> {
                sessions.endBut(person.number(), request.getSession().getId()); // before this one's id changes, which the database learns last
                session.raise(factors.withFitPassword(proven), login.idle(person), request, response);
                yield Target.seeOther(target.isElsewhere() ? target.afterForm() : "/account?changed");
            }
            case ChangePassword.WrongPassword wrong -> page(target, person, proven, "present", "change.wrong", 0, HttpStatus.UNPROCESSABLE_CONTENT);
            case ChangePassword.NotTheSame other -> page(target, person, proven, "again", "change.not-the-same", 0, HttpStatus.UNPROCESSABLE_CONTENT);
            case ChangePassword.Unfit unfit -> page(target, person, proven, "wanted", "change.refused." + unfit.reason().word(), policy.shortest(person.roles()), HttpStatus.UNPROCESSABLE_CONTENT);
            case ChangePassword.NotNow wait -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.rest().seconds()));
                yield page(target, person, proven, "present", "login.throttled", wait.rest().seconds(), HttpStatus.TOO_MANY_REQUESTS);
            }
        };
    }

    private ModelAndView page(Target target, Person person, Authentication present, String field, String error, long number, HttpStatusCode status) {
        return new ModelAndView("password", new ModelMap("target", target).addAttribute("must", !factors.isComplete(present))
            .addAttribute("strict", PasswordPolicy.isStrictFor(person.roles())).addAttribute("shortest", policy.shortest(person.roles()))
            .addAttribute("field", field).addAttribute("error", error).addAttribute("number", number), status);
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
