package antin.otp.login;

import antin.directory.AddressBookAccess;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.apppassword.AddressBookServer;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The app passwords for my mail programs. */
@Controller
@RequestMapping(AppPasswordPages.PATH)
final class AppPasswordPages {

    static final String PATH = "/account/app-passwords";

    private final AppPasswords passwords;
    private final ActivePeople people;
    private final AddressBookAccess addressBooks;
    private final AddressBookServer addressBookServer;
    private final Outcomes outcomes;

    AppPasswordPages(AppPasswords passwords, ActivePeople people, AddressBookAccess addressBooks, AddressBookServer addressBookServer, Outcomes outcomes) {
        this.passwords = passwords;
        this.addressBooks = addressBooks;
        this.addressBookServer = addressBookServer;
        this.people = people;
        this.outcomes = outcomes;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView list(Authentication present, @RequestParam Optional<String> revoked) {
        return new ModelAndView("app-passwords", page(person(present)).addAttribute("revoked", revoked.isPresent()));
    }

    @PostMapping
    ModelAndView issue(Authentication present, @RequestParam(defaultValue = "") String name,
        @RequestParam(name = "scope", defaultValue = "") List<String> words, HttpServletRequest request) {
        Person person = person(present);
        Set<AppScope> scopes = EnumSet.noneOf(AppScope.class);
        words.forEach(word -> AppScope.of(word).ifPresent(scopes::add));
        String label = name.strip();
        if (label.isEmpty() || label.length() > AppPasswords.LONGEST_NAME || scopes.isEmpty()) {
            return new ModelAndView("app-passwords", page(person).addAttribute("name", label).addAttribute("chosen", scopes)
                .addAttribute("nameError", label.isEmpty() || label.length() > AppPasswords.LONGEST_NAME)
                .addAttribute("scopeError", scopes.isEmpty()), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        AppPasswords.Issued issued = passwords.issue(person.number(), label, scopes);
        outcomes.tell("app-password.issued", "done", person.number(), request.getRemoteAddr(), details(issued.about()));
        ModelMap shown = new ModelMap("person", person).addAttribute("about", issued.about()).addAttribute("secret", issued.secret().grouped())
            .addAttribute("mail", scopes.stream().anyMatch(AppScope.MAIL::contains)).addAttribute("addressBook", scopes.contains(AppScope.ADDRESS_BOOK));
        if (scopes.contains(AppScope.ADDRESS_BOOK)) {
            shown.addAttribute("server", addressBookServer.url()).addAttribute("bindName", addressBooks.bindName(issued.about().id().toString()))
                .addAttribute("base", addressBooks.searchBase());
        }
        return new ModelAndView("app-password", shown);
    }

    @GetMapping("/{id}/revoke")
    ModelAndView askBeforeRevoking(Authentication present, @PathVariable UUID id) {
        AppPassword about = passwords.list(present.getName()).stream().filter(password -> password.id().equals(id)).findFirst()
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such app password."));
        return new ModelAndView("app-password-revoke", Map.of("about", about));
    }

    @PostMapping("/{id}/revoke")
    ModelAndView revoke(Authentication present, @PathVariable UUID id, HttpServletRequest request) {
        AppPassword about = passwords.revoke(present.getName(), id)
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such app password."));
        outcomes.tell("app-password.revoked", "done", present.getName(), request.getRemoteAddr(), details(about));
        return Target.seeOther(PATH + "?revoked");
    }

    private ModelMap page(Person person) {
        List<AppPassword> list = passwords.list(person.number());
        return new ModelMap("person", person).addAttribute("passwords", list).addAttribute("scopes", AppScope.values())
            .addAttribute("full", list.size() >= AppPasswords.MOST_PER_PERSON).addAttribute("chosen", AppScope.MAIL)
            .addAttribute("name", "").addAttribute("nameError", false).addAttribute("scopeError", false);
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }

    private static Map<String, String> details(AppPassword about) {
        String scopes = String.join(",", about.scopes().stream().map(AppScope::word).sorted().toList());
        return Map.of("id", about.id().toString(), "name", about.name(), "scopes", scopes);
    }
}
