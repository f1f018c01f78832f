package antin.otp.login;

import antin.directory.Directory;
import antin.directory.Person;
import antin.otp.throttle.Door;
import antin.otp.throttle.Throttle;
import antin.otp.totp.OneTimeCodes;
import java.util.Map;
import java.util.Optional;

/** A person logs in on the page, in two steps. Unknown and known names take the same way. Throws Problem where the directory is away. */
public final class LogIn {

    private static final int LONGEST_NAME = 254;
    private static final int LONGEST_PASSWORD = 512;

    private final Directory directory;
    private final OneTimeCodes codes;
    private final Throttle throttle;
    private final Outcomes outcomes;

    public LogIn(Directory directory, OneTimeCodes codes, Throttle throttle, Outcomes outcomes) {
        this.directory = directory;
        this.codes = codes;
        this.throttle = throttle;
        this.outcomes = outcomes;
    }

    /** Step 1: the directory password. */
    public LoginAnswer password(String typedName, String password, String address) {
        String name = typedName.strip();
        switch (throttle.begin(Door.PASSWORD, name, address)) {
            case Throttle.Wait wait -> {
                outcomes.refused("login.password", name, address, "throttled");
                return new LoginAnswer.Throttled(wait);
            }
            case Throttle.Try attempt -> {
                Optional<Person> person = authenticate(name, password, attempt);
                if (person.isEmpty()) {
                    outcomes.refused("login.password", name, address, "wrong");
                    return new LoginAnswer.Refused();
                }
                outcomes.accepted("login.password", person.get().number(), address, Map.of());
                throttle.succeeded(attempt);
                return new LoginAnswer.Accepted(person.get());
            }
        }
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

    private Optional<Person> authenticate(String name, String password, Throttle.Try attempt) {
        if (name.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        try {
            return directory.authenticate(name, password);
        } catch (RuntimeException e) {
            throttle.undo(attempt); // an outage is nobody's guess
            throw e;
        }
    }
}
