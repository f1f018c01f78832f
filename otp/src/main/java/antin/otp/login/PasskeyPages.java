package antin.otp.login;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.passkey.Passkeys;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A passkey as second factor, anew, or as the only step. The page's script asks for the options, and sends the form with what the authenticator signed. */
@Controller
@RequestMapping(PasskeyPages.PATH)
final class PasskeyPages {

    static final String PATH = "/login/passkey";

    private final LogIn logIn;
    private final Passkeys passkeys;
    private final ActivePeople people;
    private final Factors factors;
    private final LoginPolicy policy;
    private final LoginSession session;
    private final SecondStep second;

    PasskeyPages(LogIn logIn, Passkeys passkeys, ActivePeople people, Factors factors, LoginPolicy policy, LoginSession session, SecondStep second) {
        this.logIn = logIn;
        this.passkeys = passkeys;
        this.people = people;
        this.factors = factors;
        this.policy = policy;
        this.session = session;
        this.second = second;
    }

    /** @param alone sent by the first page, where nobody is known yet */
    @PostMapping("/options")
    ResponseEntity<String> options(@RequestParam Optional<String> alone, @Nullable Authentication present) {
        if (present != null && alone.isEmpty()) {
            return json(passkeys.secondOptions(present.getName()));
        }
        if (!policy.isPasskeyAlonePossible()) {
            throw new Problem(Kind.NOT_FOUND, "Nobody logs in with a passkey alone here."); // strangers write no rows for nothing
        }
        return json(passkeys.aloneOptions());
    }

    private static ResponseEntity<String> json(String options) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(options);
    }

    @PostMapping
    ModelAndView check(@RequestParam String credential, @RequestParam Optional<String> alone, @RequestParam Optional<String> to, @Nullable Authentication present,
        HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        if (present == null || alone.isPresent()) {
            return checkAlone(credential, target, request, response);
        }
        Optional<Person> person = people.find(present.getName());
        if (person.isEmpty()) {
            return Target.seeOther(target.through(LoginPages.LOGIN)); // gone since step 1
        }
        boolean again = factors.isComplete(present);
        if (!again && !factors.awaitsSecond(present)) {
            return Target.seeOther(target.through(LoginPages.LOGIN)); // the first step is too long ago
        }
        LoginAnswer answer = logIn.passkey(person.get(), credential, request.getRemoteAddr());
        return second.answer(answer, again ? Target.AGAIN : LoginPages.CODE, target, person.get(), present, false, request, response);
    }

    private ModelAndView checkAlone(String credential, Target target, HttpServletRequest request, HttpServletResponse response) {
        LoginAnswer answer = logIn.passkeyAlone(credential, request.getRemoteAddr());
        if (answer instanceof LoginAnswer.Accepted accepted) {
            Person person = accepted.person();
            Authentication proven = factors.first(Factor.PASSKEY, person.number());
            session.begin(proven, request, response);
            return second.proven(proven, target, person, request, response);
        }
        if (answer instanceof LoginAnswer.Throttled throttled) {
            long seconds = throttled.rest().seconds();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            return new ModelAndView("login", Map.of("target", target, "error", "login.throttled", "seconds", seconds), HttpStatus.TOO_MANY_REQUESTS);
        }
        return new ModelAndView("login", Map.of("target", target, "error", "passkey.wrong", "seconds", 0), HttpStatus.UNAUTHORIZED);
    }
}
