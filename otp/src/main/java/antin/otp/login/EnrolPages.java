package antin.otp.login;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.factor.DeviceKind;
import antin.otp.factor.Devices;
import antin.otp.factor.Enrolments;
import antin.otp.factor.QrPicture;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The first device of somebody who has none, by the password and a ticket; nothing else opens before it is confirmed. */
@Controller
@RequestMapping(EnrolPages.PATH)
final class EnrolPages {

    static final String PATH = "/login/enrol";
    static final String DEVICE = PATH + "/device";
    private static final String FIRST_NAME = "Điện thoại";

    private final LogIn logIn;
    private final PersonFactors devices;
    private final Enrolments enrolments;
    private final ActivePeople people;
    private final Factors factors;
    private final LoginPolicy policy;
    private final LoginSession session;
    private final SecondStep second;

    EnrolPages(LogIn logIn, PersonFactors devices, Enrolments enrolments, ActivePeople people, Factors factors, LoginPolicy policy, LoginSession session, SecondStep second) {
        this.logIn = logIn;
        this.devices = devices;
        this.enrolments = enrolments;
        this.people = people;
        this.factors = factors;
        this.policy = policy;
        this.session = session;
        this.second = second;
    }

    @GetMapping
    ModelAndView ask() {
        return new ModelAndView("login-enrol");
    }

    @PostMapping
    ModelAndView check(@RequestParam String ticket, Authentication present, HttpServletRequest request, HttpServletResponse response) {
        Person person = person(present);
        return switch (logIn.ticket(person, ticket, request.getRemoteAddr())) {
            case LoginAnswer.Accepted accepted -> {
                session.raise(factors.withTicket(present), policy.idle(person), request, response);
                yield Target.seeOther(DEVICE);
            }
            case LoginAnswer.Refused refused -> new ModelAndView("login-enrol", Map.of("error", "enrol.wrong", "seconds", 0), HttpStatus.UNAUTHORIZED);
            case LoginAnswer.Throttled throttled -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(throttled.rest().seconds()));
                yield new ModelAndView("login-enrol", Map.of("error", "login.throttled", "seconds", throttled.rest().seconds()), HttpStatus.TOO_MANY_REQUESTS);
            }
        };
    }

    @GetMapping("/device")
    ModelAndView device(Authentication present) {
        return page(person(present));
    }

    @PostMapping("/device")
    ModelAndView confirm(@RequestParam(defaultValue = "") String code, @RequestParam Optional<String> name, Authentication present, HttpServletRequest request, HttpServletResponse response) {
        Person person = person(present);
        String label = name.map(String::strip).filter(text -> !text.isEmpty() && text.length() <= Devices.LONGEST_NAME).orElse(FIRST_NAME);
        return switch (devices.addFirst(person.number(), label, code, request.getRemoteAddr())) {
            case ADDED -> second.proven(factors.with(Factor.CODE, present), Target.of("/account"), person, request, response);
            case WRONG_CODE -> {
                ModelAndView page = page(person).addObject("codeError", true);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield page;
            }
            case NO_TICKET -> throw new Problem(Kind.NOT_ALLOWED, "The enrolment ticket was used or is too old."); // another session enrolled with it, or its day is over
        };
    }

    private ModelAndView page(Person person) {
        Enrolments.Begun begun = enrolments.begin(person.number(), DeviceKind.TOTP);
        return new ModelAndView("factor-new").addObject("begun", begun).addObject("picture", QrPicture.of(begun.uri(person.address()))).addObject("action", DEVICE)
            .addObject("name", FIRST_NAME).addObject("first", true);
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
