package antin.otp.login;

import antin.directory.Person;
import antin.otp.throttle.Throttle.Wait;

/** How a try to log in ended. */
public sealed interface LoginAnswer {

    record Accepted(Person person) implements LoginAnswer {
    }

    /** Why is never said. */
    record Refused() implements LoginAnswer {
    }

    record Throttled(Wait rest) implements LoginAnswer {
    }
}
