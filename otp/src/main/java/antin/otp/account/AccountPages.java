package antin.otp.account;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The account's first page: who I am, and where everything about my login is. */
@Controller
@RequestMapping("/account")
final class AccountPages {

    private final ActivePeople people;

    AccountPages(ActivePeople people) {
        this.people = people;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView account(Authentication present, @RequestParam Optional<String> changed) {
        return new ModelAndView("account", new ModelMap("person", people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed.")))
            .addAttribute("changed", changed.isPresent()));
    }
}
