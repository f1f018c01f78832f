package antin.otp.login;

import antin.directory.Person;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppScope;
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
    private final ActivePeople people;
    private final Throttle throttle;
    private final Outcomes outcomes;

    public LogInToMail(AppPasswords passwords, ActivePeople people, Throttle throttle, Outcomes outcomes) {
        this.passwords = passwords;
        this.people = people;
        this.throttle = throttle;
        this.outcomes = outcomes;
    }

    /** @param address the mail program's own, as mail-server saw it */
    public LoginAnswer check(String name, String password, AppScope scope, String address) {
        Optional<AppPassword> found = passwords.find(password, scope);
        Optional<Person> owner = found.flatMap(appPassword -> people.find(name).filter(person -> person.number().equals(appPassword.person())));
        if (found.isPresent() && owner.isPresent()) {
            passwords.used(found.get());
            outcomes.accepted("mail.login", owner.get().number(), address, Map.of("scope", scope.word(), "app-password", found.get().id().toString()));
            return new LoginAnswer.Accepted(owner.get());
        }
        return switch (throttle.begin(Door.MAIL, name, address)) {
            case Throttle.Wait wait -> {
                outcomes.refused("mail.login", name, address, "throttled");
                yield new LoginAnswer.Throttled(wait);
            }
            case Throttle.Try counted -> {
                outcomes.refused("mail.login", name, address, "wrong");
                yield new LoginAnswer.Refused();
            }
        };
    }
}
