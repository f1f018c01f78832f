package antin.otp.login;

import antin.directory.Person;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Register;
import antin.directory.password.PasswordPolicy;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.throttle.Throttle.Wait;
import java.util.Map;

/** A person chooses another password for themselves, by the one they have. Throws Problem where the directory is away. */
public final class ChangePassword {

    private static final String ACT = "password.change";

    /** How it ended. */
    sealed interface Answer {
    }

    record Changed() implements Answer {
    }

    /** The present one is wrong. */
    record WrongPassword() implements Answer {
    }

    record NotNow(Wait rest) implements Answer {
    }

    /** The new one typed again is another. */
    record NotTheSame() implements Answer {
    }

    record Unfit(Refusal.Reason reason) implements Answer {
    }

    private final CheckPassword passwords;
    private final Register register;
    private final PasswordPolicy policy;
    private final Outcomes outcomes;

    public ChangePassword(CheckPassword passwords, Register register, PasswordPolicy policy, Outcomes outcomes) {
        this.passwords = passwords;
        this.register = register;
        this.policy = policy;
        this.outcomes = outcomes;
    }

    /** @param address the client's IP address */
    Answer change(Person person, String present, String wanted, String again, String address) {
        PersonEntry entry = register.person(person.number()).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The account is closed."));
        String password = PasswordPolicy.normalised(wanted);
        // Step 1: what costs no try
        if (!password.equals(PasswordPolicy.normalised(again))) {
            return new NotTheSame();
        }
        try {
            policy.check(entry.roles(), password, entry);
        } catch (Refusal refusal) {
            return unfit(person, refusal, address);
        }
        // Step 2: whoever sits there knows the present one
        return switch (passwords.check(ACT, person.number(), present, address)) {
            case LoginAnswer.Accepted accepted -> password.equals(PasswordPolicy.normalised(present))
                ? unfit(person, new Refusal("password", Refusal.Reason.USED_BEFORE), address) : set(person, password, address);
            case LoginAnswer.Refused refused -> new WrongPassword();
            case LoginAnswer.Throttled throttled -> new NotNow(throttled.rest());
        };
    }

    // Step 3: the directory may still know it from before
    private Answer set(Person person, String password, String address) {
        try {
            register.setPassword(person.number(), password);
        } catch (Refusal refusal) {
            return unfit(person, refusal, address);
        }
        outcomes.tell(ACT, "done", person.number(), address, Map.of());
        return new Changed();
    }

    private Answer unfit(Person person, Refusal refusal, String address) {
        outcomes.refused(ACT, person.number(), address, refusal.reason().word());
        return new Unfit(refusal.reason());
    }
}
