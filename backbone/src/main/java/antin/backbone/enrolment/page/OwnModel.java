package antin.backbone.enrolment.page;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Whose pages these are. */
@ControllerAdvice(assignableTypes = {OwnPages.class, OwnCertificatePages.class, OwnKeyPages.class, TokenRequests.class})
final class OwnModel {

    private final ActivePeople people;

    OwnModel(ActivePeople people) {
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
