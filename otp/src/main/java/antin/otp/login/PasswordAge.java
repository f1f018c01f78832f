package antin.otp.login;

import antin.directory.PasswordState;
import antin.directory.Person;
import antin.directory.Register;
import antin.directory.password.PasswordPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whose password must be another one before anything else: set by an administrator, or older than an administrator's may be. */
public final class PasswordAge {

    private final Register register;
    private final PasswordPolicy policy;
    private final Clock clock;

    public PasswordAge(Register register, PasswordPolicy policy, Clock clock) {
        this.register = register;
        this.policy = policy;
        this.clock = clock;
    }

    public boolean mustChange(Person person) {
        PasswordState state = register.passwordState(person.number());
        return state.temporary() || isTooOld(person, state);
    }

    /** One whose age nobody knows counts as old: its owner is asked for another, and not locked out. */
    private boolean isTooOld(Person person, PasswordState state) {
        Instant oldest = clock.instant().minus(Duration.ofDays(policy.oldestDaysAdministrator()));
        return policy.oldestDaysAdministrator() > 0 && PasswordPolicy.isStrictFor(person.roles()) && state.changed().filter(oldest::isBefore).isEmpty();
    }
}
