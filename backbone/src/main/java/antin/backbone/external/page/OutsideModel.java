package antin.backbone.external.page;

import antin.backbone.external.OutsideOwners;
import antin.ca.external.OutsideAuthority;
import antin.ca.external.Registrations;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Whose pages these are, and how authorities and owners are called. */
@ControllerAdvice(basePackages = "antin.backbone.external")
final class OutsideModel {

    private final ActivePeople people;
    private final Map<String, String> titles;
    private final OutsideOwners owners;

    OutsideModel(ActivePeople people, Registrations registrations, OutsideOwners owners) {
        this.people = people;
        this.owners = owners;
        this.titles = registrations.authorities().stream().collect(Collectors.toMap(OutsideAuthority::name, OutsideAuthority::title));
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @ModelAttribute("titles")
    Map<String, String> titles() {
        return titles;
    }

    @ModelAttribute("owners")
    OutsideOwners owners() {
        return owners;
    }

    @ModelAttribute("person")
    Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }
}
