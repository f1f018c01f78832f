package antin.otp.login;

import antin.directory.Person;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The two pages of journey 1, "log in and read mail". */
@Controller
final class LoginPages {

    static final String LOGIN = "/login";
    static final String CODE = "/login/code";
    static final String CONTINUE = "/login/continue";

    private final LogIn logIn;
    private final ActivePeople people;
    private final Factors factors;
    private final LoginPolicy policy;
    private final LoginSession session;
    private final SecondStep second;
    private final TokenPort tokenPort;

    LoginPages(LogIn logIn, ActivePeople people, Factors factors, LoginPolicy policy, LoginSession session, SecondStep second, TokenPort tokenPort) {
        this.logIn = logIn;
        this.people = people;
        this.factors = factors;
        this.policy = policy;
        this.session = session;
        this.second = second;
        this.tokenPort = tokenPort;
    }

    @ModelAttribute("alone")
    boolean isPasskeyAlonePossible() {
        return policy.isPasskeyAlonePossible();
    }

    @ModelAttribute("certificateAlone")
    boolean isCertificateAlonePossible() {
        return tokenPort.isOpen() && policy.isCertificateAlonePossible();
    }

    @GetMapping("/")
    ModelAndView start() {
        return Target.seeOther("/account");
    }

    @GetMapping(LOGIN)
    ModelAndView password(@RequestParam Optional<String> to, @RequestParam Optional<String> bye, @Nullable Authentication present) {
        Target target = Target.of(to.orElse(null));
        return isLoggedIn(present) ? goOn(target, present)
            : new ModelAndView("login", new ModelMap("target", target).addAttribute("bye", bye.isPresent()));
    }

    // Step 1: the directory password
    @PostMapping(LOGIN)
    ModelAndView checkPassword(@RequestParam String login, @RequestParam String password, @RequestParam Optional<String> to,
        HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        return switch (logIn.password(login, password, request.getRemoteAddr())) {
            case LoginAnswer.Accepted accepted -> {
                session.begin(factors.first(Factor.PASSWORD, accepted.person().number()), request, response);
                yield Target.seeOther(target.through(CODE));
            }
            case LoginAnswer.Refused refused -> refusal("login", target, "login.wrong").addObject("login", login);
            case LoginAnswer.Throttled throttled -> throttled("login", target, throttled, response).addObject("login", login);
        };
    }

    @GetMapping(CODE)
    ModelAndView code(@RequestParam Optional<String> to, Authentication present, HttpServletRequest request) {
        Target target = Target.of(to.orElse(null));
        return isLoggedIn(present) ? goOn(target, present) : people.find(present.getName())
            .map(person -> second.page(CODE, target, person, request.getRemoteAddr(), false)).orElseGet(() -> Target.seeOther(target.through(LOGIN)));
    }

    // Step 2: the one-time code
    @PostMapping(CODE)
    ModelAndView checkCode(@RequestParam String code, @RequestParam Optional<String> to, Authentication present,
        HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        Optional<Person> person = people.find(present.getName());
        return person.isEmpty() ? Target.seeOther(target.through(LOGIN)) // gone since step 1
            : second.answer(logIn.code(person.get(), code, request.getRemoteAddr()), CODE, target, person.get(), present, false, request, response);
    }

    /** Back to the client by a new navigation: a redirect from the form itself would meet our own form-action 'self'. */
    @GetMapping(CONTINUE)
    ModelAndView goOn(@RequestParam Optional<String> to) {
        Target target = Target.of(to.orElse(null));
        return new ModelAndView("login-continue", Map.of("target", target, "refresh", target.path()));
    }

    private boolean isLoggedIn(@Nullable Authentication present) {
        return factors.isComplete(present) || factors.lacksFitPassword(present);
    }

    private ModelAndView goOn(Target target, @Nullable Authentication present) {
        return Target.seeOther(factors.lacksFitPassword(present) ? target.through(PasswordPages.PASSWORD) : target.path());
    }

    private ModelAndView refusal(String view, Target target, String error) {
        return page(view, target, error, 0, HttpStatus.UNAUTHORIZED);
    }

    private ModelAndView throttled(String view, Target target, LoginAnswer.Throttled throttled, HttpServletResponse response) {
        long seconds = throttled.rest().seconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return page(view, target, "login.throttled", seconds, HttpStatus.TOO_MANY_REQUESTS);
    }

    private ModelAndView page(String view, Target target, String error, long seconds, HttpStatusCode status) {
        return new ModelAndView(view, new ModelMap("target", target).addAttribute("error", error).addAttribute("seconds", seconds), status);
    }
}
