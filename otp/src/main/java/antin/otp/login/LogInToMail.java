package antin.otp.login;

import antin.directory.Directory;
import antin.directory.Person;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppScope;
import antin.otp.policy.LoginPolicy;
import antin.otp.throttle.Door;
import antin.otp.throttle.Throttle;
import java.util.Map;
import java.util.Optional;

/**
 * Mail-server asks whether an app password opens a mailbox. A right one always does, however many wrong ones came before:
 * 125 bits are not guessed, and a forgotten phone must not lock its owner out. So only wrong ones are counted and slowed down.
 */
public final class LogInToMail {

    private final AppPasswords passwords;
    private final AppPasswordUse use;
    private final ActivePeople people;
    private final Directory directory;
    private final LoginPolicy policy;
    private final Throttle throttle;
    private final Outcomes outcomes;

    public LogInToMail(AppPasswords passwords, AppPasswordUse use, ActivePeople people, Directory directory, LoginPolicy policy, Throttle throttle, Outcomes outcomes) {
        this.passwords = passwords;
        this.use = use;
        this.people = people;
        this.directory = directory;
        this.policy = policy;
        this.throttle = throttle;
        this.outcomes = outcomes;
    }

    /**
     * The password says whose it is; the names only, which mailbox is meant.
     *
     * @param name    the owner's number or address, or a functional mailbox's address
     * @param mailbox the one to open, where the mail program names it apart (RFC 4616: authorization identity)
     * @param address the mail program's own, as mail-server saw it
     */
    public MailAnswer check(String name, String password, AppScope scope, Optional<String> mailbox, String address) {
        Optional<AppPassword> found = passwords.find(password, scope);
        Optional<MailAnswer.Opened> opened = found.flatMap(appPassword -> people.find(appPassword.person())
            .flatMap(owner -> opened(owner, name.strip(), mailbox, scope).map(target -> new MailAnswer.Opened(owner, target, appPassword.id()))));
        if (found.isPresent() && opened.isPresent()) {
            Person owner = opened.get().owner();
            if (!policy.appPasswords(owner, address)) {
                outcomes.refused("mail.login", owner.number(), address, "policy"); // right, so it is no guess and counts as none
                return new MailAnswer.Refused();
            }
            outcomes.accepted("mail.login", owner.number(), address, details(found.get(), scope, opened.get()));
            if (use.remember(found.get(), owner, scope, address)) {
                outcomes.tell("app-password.first-use", "told", owner.number(), address, Map.of("app-password", found.get().id().toString(), "scope", scope.word()));
            }
            return opened.get();
        }
        return switch (throttle.begin(Door.MAIL, name, address)) {
            case Throttle.Wait wait -> {
                outcomes.refused("mail.login", name, address, "throttled");
                yield new MailAnswer.Throttled(wait);
            }
            case Throttle.Try counted -> {
                outcomes.refused("mail.login", name, address, "wrong");
                yield new MailAnswer.Refused();
            }
        };
    }

    /** Both names must be the owner's or a mailbox of theirs: a password typed beside a stranger's name opens nothing. */
    private Optional<String> opened(Person owner, String name, Optional<String> mailbox, AppScope scope) {
        return target(owner, name, scope).flatMap(own -> mailbox.map(String::strip).filter(named -> !named.isEmpty()).map(named -> target(owner, named, scope)).orElse(Optional.of(own)));
    }

    private Optional<String> target(Person owner, String name, AppScope scope) {
        if (name.equals(owner.number()) || owner.addresses().stream().anyMatch(name::equalsIgnoreCase)) {
            return Optional.of(owner.address());
        }
        return directory.mailbox(owner, name).filter(functional -> scope != AppScope.SMTP || directory.maySend(owner, functional));
    }

    private static Map<String, String> details(AppPassword password, AppScope scope, MailAnswer.Opened opened) {
        String id = password.id().toString();
        return opened.mailbox().equals(opened.owner().address()) ? Map.of("scope", scope.word(), "app-password", id)
            : Map.of("scope", scope.word(), "app-password", id, "mailbox", opened.mailbox());
    }
}
