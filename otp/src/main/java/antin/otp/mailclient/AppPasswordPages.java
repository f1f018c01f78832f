package antin.otp.mailclient;

import antin.directory.AddressBookAccess;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.apppassword.AddressBookServer;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswordLives;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppScope;
import antin.otp.login.ActivePeople;
import antin.otp.login.Outcomes;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
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
import org.springframework.web.servlet.view.RedirectView;

/** My app passwords: making one, seeing where they are used, ending them. */
@Controller
@RequestMapping(AppPasswordPages.PATH)
final class AppPasswordPages {

    static final String PATH = "/account/app-passwords";

    private final AppPasswords passwords;
    private final AppPasswordLives lives;
    private final AppPasswordUse use;
    private final ActivePeople people;
    private final LoginPolicy policy;
    private final AddressBookAccess addressBooks;
    private final AddressBookServer addressBookServer;
    private final Outcomes outcomes;

    AppPasswordPages(AppPasswords passwords, AppPasswordLives lives, AppPasswordUse use, ActivePeople people, LoginPolicy policy, AddressBookAccess addressBooks,
        AddressBookServer addressBookServer, Outcomes outcomes) {
        this.passwords = passwords;
        this.lives = lives;
        this.use = use;
        this.people = people;
        this.policy = policy;
        this.addressBooks = addressBooks;
        this.addressBookServer = addressBookServer;
        this.outcomes = outcomes;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping
    ModelAndView list(Authentication present, @RequestParam Optional<String> revoked, HttpServletRequest request) {
        return new ModelAndView("app-passwords", page(person(present), request).addAttribute("revoked", revoked.isPresent()));
    }

    @PostMapping
    ModelAndView issue(Authentication present, @RequestParam(defaultValue = "") String name, @RequestParam(name = "scope", defaultValue = "") List<String> words,
        @RequestParam Optional<Integer> days, HttpServletRequest request) {
        Person person = person(present);
        requireAllowed(person, request);
        Set<AppScope> scopes = EnumSet.noneOf(AppScope.class);
        words.forEach(word -> AppScope.of(word).ifPresent(scopes::add));
        String label = name.strip();
        Duration life = days.map(Duration::ofDays).orElse(lives.usual());
        boolean named = !label.isEmpty() && label.length() <= AppPasswords.LONGEST_NAME;
        if (!named || scopes.isEmpty() || !lives.offered().contains(life)) {
            return new ModelAndView("app-passwords", page(person, request).addAttribute("name", label).addAttribute("chosen", scopes).addAttribute("life", life)
                .addAttribute("nameError", !named).addAttribute("scopeError", scopes.isEmpty()), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        AppPasswords.Issued issued = passwords.issue(person.number(), label, scopes, life);
        use.know(person.number(), request.getRemoteAddr());
        outcomes.tell("app-password.issued", "done", person.number(), request.getRemoteAddr(), details(issued.about()));
        return new ModelAndView("app-password", shown(person, issued));
    }

    @GetMapping("/{id}/revoke")
    ModelAndView askBeforeRevoking(Authentication present, @PathVariable UUID id) {
        AppPassword about = passwords.list(present.getName()).stream().filter(password -> password.id().equals(id)).findFirst()
            .orElseThrow(AppPasswordPages::unknown);
        return new ModelAndView("app-password-revoke", Map.of("about", about));
    }

    @PostMapping("/{id}/revoke")
    ModelAndView revoke(Authentication present, @PathVariable UUID id, HttpServletRequest request) {
        AppPassword about = passwords.revoke(present.getName(), id).orElseThrow(AppPasswordPages::unknown);
        outcomes.tell("app-password.revoked", "done", present.getName(), request.getRemoteAddr(), details(about));
        return seeOther(PATH + "?revoked");
    }

    @GetMapping("/revoke-all")
    ModelAndView askBeforeRevokingAll(Authentication present) {
        return new ModelAndView("app-passwords-revoke", Map.of("passwords", passwords.list(present.getName())));
    }

    @PostMapping("/revoke-all")
    ModelAndView revokeAll(Authentication present, HttpServletRequest request) {
        passwords.revokeAll(present.getName())
            .forEach(about -> outcomes.tell("app-password.revoked", "done", present.getName(), request.getRemoteAddr(), details(about)));
        return seeOther(PATH + "?revoked");
    }

    private ModelMap page(Person person, HttpServletRequest request) {
        List<AppPassword> list = passwords.list(person.number());
        return new ModelMap("person", person).addAttribute("passwords", list).addAttribute("scopes", AppScope.values()).addAttribute("lives", lives.offered())
            .addAttribute("full", list.size() >= AppPasswords.MOST_PER_PERSON).addAttribute("allowed", policy.appPasswords(person, request.getRemoteAddr()))
            .addAttribute("chosen", Set.of(AppScope.IMAP)).addAttribute("life", lives.usual())
            .addAttribute("name", "").addAttribute("nameError", false).addAttribute("scopeError", false);
    }

    private ModelMap shown(Person person, AppPasswords.Issued issued) {
        Set<AppScope> scopes = issued.about().scopes();
        ModelMap shown = new ModelMap("person", person).addAttribute("about", issued.about()).addAttribute("secret", issued.secret().grouped())
            .addAttribute("mail", scopes.stream().anyMatch(AppScope.MAIL::contains)).addAttribute("addressBook", scopes.contains(AppScope.ADDRESS_BOOK));
        if (scopes.contains(AppScope.ADDRESS_BOOK)) {
            shown.addAttribute("server", addressBookServer.url()).addAttribute("bindName", addressBooks.bindName(issued.about().id().toString()))
                .addAttribute("base", addressBooks.searchBase());
        }
        return shown;
    }

    private void requireAllowed(Person person, HttpServletRequest request) {
        if (!policy.appPasswords(person, request.getRemoteAddr())) {
            throw new Problem(Kind.NOT_ALLOWED, "App passwords are off for you here.");
        }
    }

    private Person person(Authentication present) {
        return people.find(present.getName()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
    }

    private static Problem unknown() {
        return new Problem(Kind.NOT_FOUND, "There is no such app password.");
    }

    private static ModelAndView seeOther(String address) {
        RedirectView view = new RedirectView(address);
        view.setStatusCode(HttpStatus.SEE_OTHER); // RFC 9110, 15.4.4: a reload sends nothing twice
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }

    private static Map<String, String> details(AppPassword about) {
        String scopes = String.join(",", about.scopes().stream().map(AppScope::word).sorted().toList());
        return Map.of("id", about.id().toString(), "name", about.name(), "scopes", scopes);
    }
}
