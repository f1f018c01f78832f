package antin.otp.login;

import antin.directory.Person;
import antin.otp.passkey.Passkeys;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import antin.otp.sentcode.Way;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.ModelAndView;

/** What the pages share that ask for a second factor: its page with the person's choices, and what follows a right one. Only for people whose first factor was right. */
final class SecondStep {

    private final Passkeys passkeys;
    private final SentCodes sentCodes;
    private final Destinations destinations;
    private final TokenPort tokenPort;
    private final PasswordAge age;
    private final Factors factors;
    private final LoginPolicy policy;
    private final LoginSession session;

    SecondStep(Passkeys passkeys, SentCodes sentCodes, Destinations destinations, TokenPort tokenPort, PasswordAge age, Factors factors, LoginPolicy policy, LoginSession session) {
        this.passkeys = passkeys;
        this.sentCodes = sentCodes;
        this.destinations = destinations;
        this.tokenPort = tokenPort;
        this.age = age;
        this.factors = factors;
        this.policy = policy;
        this.session = session;
    }

    /** @param action where the form goes; @param phishingResistant whether a code is not enough here */
    ModelAndView page(String action, Target target, Person person, String address, boolean phishingResistant) {
        Set<Factor> admitted = policy.second(person, address);
        Map<Way, String> sendable = phishingResistant ? Map.of() : sendable(person, admitted);
        return new ModelAndView("login-code").addObject("target", target).addObject("sendable", sendable)
            .addObject("certificate", admitted.contains(Factor.CERTIFICATE) ? tokenPort.page(target).orElse(null) : null).addObject("action", action).addObject("again", action.equals(Target.AGAIN))
            .addObject("codes", !phishingResistant && (admitted.contains(Factor.CODE) || admitted.contains(Factor.BACKUP_CODE) || !sendable.isEmpty())).addObject("strong", phishingResistant)
            .addObject("passkey", admitted.contains(Factor.PASSKEY) && !passkeys.list(person.number()).isEmpty());
    }

    /** Where a code can be sent, masked: what is on, admitted, and registered by this person. */
    private Map<Way, String> sendable(Person person, Set<Factor> admitted) {
        Map<Way, String> sendable = new EnumMap<>(Way.class);
        if (!sentCodes.ways().isEmpty()) {
            sendable.putAll(destinations.masked(person.number()));
            sendable.keySet().removeIf(way -> !sentCodes.ways().contains(way) || !admitted.contains(way.factor()));
        }
        return sendable;
    }

    /** The answer to a code or passkey. */
    ModelAndView answer(LoginAnswer answer, String action, Target target, Person person, Authentication present, boolean phishingResistant, HttpServletRequest request, HttpServletResponse response) {
        return switch (answer) {
            case LoginAnswer.Accepted accepted -> proven(factors.with(accepted.by(), present), target, person, request, response);
            case LoginAnswer.Refused refused -> refusal(page(action, target, person, request.getRemoteAddr(), phishingResistant), "code.wrong", 0, HttpStatus.UNAUTHORIZED);
            case LoginAnswer.Throttled throttled -> {
                long seconds = throttled.rest().seconds();
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                yield refusal(page(action, target, person, request.getRemoteAddr(), phishingResistant), "login.throttled", seconds, HttpStatus.TOO_MANY_REQUESTS);
            }
        };
    }

    /** All that was asked is proven: into the session with it, and on. */
    ModelAndView proven(Authentication proven, Target target, Person person, HttpServletRequest request, HttpServletResponse response) {
        boolean password = Factors.proven(proven).contains(Factor.PASSWORD);
        boolean fit = !password || !age.mustChange(person);
        session.raise(fit && password ? factors.withFitPassword(proven) : proven, policy.idle(person), request, response);
        return Target.seeOther(fit ? target.afterForm() : target.through(PasswordPages.PASSWORD));
    }

    private static ModelAndView refusal(ModelAndView page, String error, long seconds, HttpStatusCode status) {
        page.setStatus(status);
        return page.addObject("error", error).addObject("seconds", seconds);
    }
}
