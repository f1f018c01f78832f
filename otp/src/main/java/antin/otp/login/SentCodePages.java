package antin.otp.login;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.policy.LoginPolicy;
import antin.otp.sentcode.SentCodes;
import antin.otp.sentcode.SentCodes.Sending;
import antin.otp.sentcode.Way;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Asks for a code to be sent, during a login or for a younger proof, and goes back to where it is typed. */
@Controller
final class SentCodePages {

    static final String PATH = LoginPages.CODE + "/send";
    private static final String AGAIN = Target.AGAIN + "/send";

    private final SentCodes codes;
    private final ActivePeople people;
    private final LoginPolicy policy;
    private final Outcomes outcomes;
    private final MessageSource texts;

    SentCodePages(SentCodes codes, ActivePeople people, LoginPolicy policy, Outcomes outcomes, MessageSource texts) {
        this.codes = codes;
        this.people = people;
        this.policy = policy;
        this.outcomes = outcomes;
        this.texts = texts;
    }

    @PostMapping(PATH)
    ModelAndView duringLogin(@RequestParam String way, @RequestParam Optional<String> to, Authentication present, HttpServletRequest request) {
        send(way, present, request);
        return Target.seeOther(Target.of(to.orElse(null)).through(LoginPages.CODE));
    }

    @PostMapping(AGAIN)
    ModelAndView again(@RequestParam String way, @RequestParam Optional<String> to, Authentication present, HttpServletRequest request) {
        send(way, present, request);
        return Target.seeOther(Target.of(to.orElse(null)).again());
    }

    private void send(String word, Authentication present, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Person person = people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
        Way way = Way.of(word).filter(wanted -> codes.ways().contains(wanted) && policy.second(person, address).contains(wanted.factor()))
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "Codes are not sent this way here."));
        String text = texts.getMessage("sent.text", new Object[] {"%s"}, Locale.forLanguageTag(person.language()));
        Sending sent = codes.sendForLogin(person.number(), way, text);
        outcomes.tell("login.code-sent", sent == Sending.SENT ? "done" : sent == Sending.FAILED ? "failed" : "refused", person.number(), address, Map.of("way", way.word()));
        if (sent == Sending.FAILED) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The code could not be sent now.");
        }
    }
}
