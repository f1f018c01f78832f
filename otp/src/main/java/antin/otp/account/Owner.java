package antin.otp.account;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Whose pages these are. */
@ControllerAdvice("antin.otp.account")
final class Owner {

    private final ActivePeople people;

    Owner(ActivePeople people) {
        this.people = people;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @ModelAttribute("person")
    Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
