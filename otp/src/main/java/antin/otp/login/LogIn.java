package antin.otp.login;

import antin.directory.Person;
import antin.otp.throttle.Door;
import antin.otp.throttle.Throttle;
import antin.otp.totp.OneTimeCodes;
import java.util.Map;

/** A person logs in on the page, in two steps. Unknown and known names take the same way. Throws Problem where the directory is away. */
public final class LogIn {

    private final CheckPassword passwords;
    private final OneTimeCodes codes;
    private final Throttle throttle;
    private final Outcomes outcomes;

    public LogIn(CheckPassword passwords, OneTimeCodes codes, Throttle throttle, Outcomes outcomes) {
        this.passwords = passwords;
        this.codes = codes;
        this.throttle = throttle;
        this.outcomes = outcomes;
    }

    /** Step 1: the directory password. */
    public LoginAnswer password(String typedName, String password, String address) {
        LoginAnswer answer = passwords.check("login.password", typedName.strip(), password, address);
        if (answer instanceof LoginAnswer.Accepted accepted) {
            outcomes.accepted("login.password", accepted.person().number(), address, Map.of());
        }
        return answer;
    }

    /** Step 2: the one-time code, for the person of step 1. */
    public LoginAnswer code(Person person, String code, String address) {
        switch (throttle.begin(Door.CODE, person.number(), address)) {
            case Throttle.Wait wait -> {
                outcomes.refused("login.code", person.number(), address, "throttled");
                return new LoginAnswer.Throttled(wait);
            }
            case Throttle.Try attempt -> {
                return switch (codes.check(person.number(), code)) {
                    case ACCEPTED -> {
                        outcomes.accepted("login.code", person.number(), address, Map.of());
                        throttle.succeeded(attempt);
                        yield new LoginAnswer.Accepted(person);
                    }
                    case REPLAYED -> {
                        outcomes.refused("login.code", person.number(), address, "replayed");
                        throttle.undo(attempt); // whoever sends the right code twice does not guess
                        yield new LoginAnswer.Refused();
                    }
                    case WRONG -> {
                        outcomes.refused("login.code", person.number(), address, "wrong");
                        yield new LoginAnswer.Refused();
                    }
                };
            }
        }
    }
}
