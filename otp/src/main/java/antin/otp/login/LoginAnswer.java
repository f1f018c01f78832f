package antin.otp.login;

import antin.directory.Person;
import antin.otp.policy.Factor;
import antin.otp.throttle.Throttle.Wait;

/** How a try to log in ended. */
public sealed interface LoginAnswer {

    /** @param by what was proven by it */
    record Accepted(Person person, Factor by) implements LoginAnswer {

        /** By a password, the directory's or an app's. */
        public Accepted(Person person) {
            this(person, Factor.PASSWORD);
        }
    }

    /** Why is never said. */
    record Refused() implements LoginAnswer {
    }

    record Throttled(Wait rest) implements LoginAnswer {
    }
}
