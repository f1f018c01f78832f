package antin.otp.account;

import antin.directory.Person;
import antin.otp.login.Activity;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** What happened with my account lately. */
@Controller
final class ActivityPages {

    /** Acts that have a text; others are shown by their name. */
    private static final Set<String> NAMED = Set.of("login.password", "login.code", "login.backup-code", "login.passkey", "login.ticket", "credential.allow", "password.change", "app-password.issued",
        "app-password.revoked", "factor.added", "factor.removed", "factor.reset", "session.ended");

    private final Activity activity;

    ActivityPages(Activity activity) {
        this.activity = activity;
    }

    @GetMapping("/account/activity")
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person) {
        return new ModelAndView("activity").addObject("entries", activity.list(person.number())).addObject("named", NAMED);
    }
}
