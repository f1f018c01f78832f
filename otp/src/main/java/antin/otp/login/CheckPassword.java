package antin.otp.login;

import antin.directory.Directory;
import antin.directory.Person;
import antin.directory.password.PasswordPolicy;
import antin.otp.apppassword.AppPasswords;
import antin.otp.throttle.Door;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import java.util.Optional;

/**
 * The one way to the directory for a person's password, at login and where it is changed: slowed down, and never so often wrong that the directory locks.
 * Unknown and known names take the same way. Throws Problem where the directory is away.
 */
public final class CheckPassword {

    private static final int LONGEST_NAME = 254;

    private final Directory directory;
    private final AppPasswords appPasswords;
    private final Throttle throttle;
    private final PasswordBudget budget;
    private final Outcomes outcomes;

    public CheckPassword(Directory directory, AppPasswords appPasswords, Throttle throttle, PasswordBudget budget, Outcomes outcomes) {
        this.directory = directory;
        this.appPasswords = appPasswords;
        this.throttle = throttle;
        this.budget = budget;
        this.outcomes = outcomes;
    }

    /** @param act as the audit log names it; @param login a number or an address; @param address the client's IP address */
    LoginAnswer check(String act, String login, String password, String address) {
        return switch (throttle.begin(Door.PASSWORD, login, address)) {
            case Throttle.Try attempt -> check(act, login, password, address, attempt);
            case Throttle.Wait wait -> throttled(act, login, address, wait);
        };
    }

    private LoginAnswer check(String act, String login, String password, String address, Throttle.Try attempt) {
        if (login.length() > LONGEST_NAME || password.isEmpty() || password.length() > PasswordPolicy.MOST_BYTES) {
            return refused(act, login, address); // the directory would not be asked
        }
        if (isAppPassword(password, attempt)) {
            return refused(act, login, address); // never one's own password; and the directory's lock is not for such slips
        }
        return switch (begin(login, address, attempt)) {
            case PasswordBudget.Passed passed -> {
                Optional<Person> person = authenticate(login, password, attempt, passed);
                if (person.isEmpty()) {
                    budget.wrong(passed);
                    yield refused(act, login, address);
                }
                budget.right(passed);
                throttle.succeeded(attempt);
                yield new LoginAnswer.Accepted(person.get());
            }
            case PasswordBudget.Spent spent -> {
                throttle.undo(attempt);
                yield throttled(act, login, address, spent.rest());
            }
        };
    }

    /** Asked for every text, so that only whoever holds one can tell the difference. */
    private boolean isAppPassword(String password, Throttle.Try attempt) {
        try {
            return appPasswords.isOne(password);
        } catch (RuntimeException e) {
            throttle.undo(attempt); // an outage is nobody's guess
            throw e;
        }
    }

    private PasswordBudget.Answer begin(String login, String address, Throttle.Try attempt) {
        try {
            return budget.begin(directory.number(login).orElse(login), address);
        } catch (RuntimeException e) {
            throttle.undo(attempt); // an outage is nobody's guess
            throw e;
        }
    }

    private Optional<Person> authenticate(String login, String password, Throttle.Try attempt, PasswordBudget.Passed passed) {
        try {
            return directory.authenticate(login, PasswordPolicy.normalised(password));
        } catch (RuntimeException e) {
            throttle.undo(attempt);
            if (!directory.isAvailable()) { // one that answers others may have counted what it was too slow to answer
                budget.undo(passed);
            }
            throw e;
        }
    }

    private LoginAnswer throttled(String act, String login, String address, Throttle.Wait wait) {
        outcomes.refused(act, login, address, "throttled");
        return new LoginAnswer.Throttled(wait);
    }

    private LoginAnswer refused(String act, String login, String address) {
        outcomes.refused(act, login, address, "wrong");
        return new LoginAnswer.Refused();
    }
}
