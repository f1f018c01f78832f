package antin.otp.login;

import antin.directory.Person;
import antin.otp.factor.BackupCodes;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.factor.OneTimeCodes;
import antin.otp.factor.OneTimeCodes.Outcome;
import antin.otp.passkey.Passkeys;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import antin.otp.sentcode.SentCodes;
import antin.otp.sentcode.Way;
import antin.otp.throttle.Door;
import antin.otp.throttle.Throttle;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A person logs in on the page, in two steps. Unknown and known names take the same way. Throws Problem where the directory is away. */
public final class LogIn {

    private final CheckPassword passwords;
    private final OneTimeCodes codes;
    private final BackupCodes backupCodes;
    private final EnrolmentTickets tickets;
    private final SentCodes sentCodes;
    private final Passkeys passkeys;
    private final ActivePeople people;
    private final LoginPolicy policy;
    private final Throttle throttle;
    private final Outcomes outcomes;

    public LogIn(CheckPassword passwords, OneTimeCodes codes, BackupCodes backupCodes, EnrolmentTickets tickets, SentCodes sentCodes, Passkeys passkeys, ActivePeople people, LoginPolicy policy,
        Throttle throttle, Outcomes outcomes) {
        this.passwords = passwords;
        this.codes = codes;
        this.backupCodes = backupCodes;
        this.tickets = tickets;
        this.sentCodes = sentCodes;
        this.passkeys = passkeys;
        this.people = people;
        this.policy = policy;
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

    /** Step 2: a device's code, a backup code or one that was sent, for the person of step 1. */
    public LoginAnswer code(Person person, String code, String address) {
        Optional<Way> sent = SentCodes.isOne(code) ? sentCodes.pending(person.number()) : Optional.empty();
        if (sent.isPresent()) {
            Way way = sent.get();
            return second(way.factor(), "login.sent-code", person, address, () -> sentCodes.checkForLogin(person.number(), way, code) ? Outcome.ACCEPTED : Outcome.WRONG);
        }
        return BackupCodes.isOne(code) ? second(Factor.BACKUP_CODE, "login.backup-code", person, address, () -> backupCodes.check(person.number(), code))
            : second(Factor.CODE, "login.code", person, address, () -> codes.check(person.number(), code));
    }

    /** Step 2: a passkey of the person of step 1. */
    public LoginAnswer passkey(Person person, String untrustedCredential, String address) {
        return second(Factor.PASSKEY, "login.passkey", person, address, () -> passkeys.isSecond(person.number(), untrustedCredential) ? Outcome.ACCEPTED : Outcome.WRONG);
    }

    /** The only step, where the policy lets a passkey be. */
    public LoginAnswer passkeyAlone(String untrustedCredential, String address) {
        return switch (throttle.begin(Door.PASSKEY, passkeys.named(untrustedCredential).orElse(""), address)) {
            case Throttle.Wait wait -> {
                outcomes.refused("login.passkey", "", address, "throttled");
                yield new LoginAnswer.Throttled(wait);
            }
            case Throttle.Try attempt -> passkeyAlone(untrustedCredential, address, attempt);
        };
    }

    private LoginAnswer passkeyAlone(String untrustedCredential, String address, Throttle.Try attempt) {
        Optional<Person> person = owner(untrustedCredential, attempt);
        if (person.isEmpty() || !policy.passkeyAlone(person.get(), address)) {
            outcomes.refused("login.passkey", person.map(Person::number).orElse(""), address, person.isEmpty() ? "wrong" : "not-allowed");
            return new LoginAnswer.Refused();
        }
        outcomes.accepted("login.passkey", person.get().number(), address, Map.of("alone", "true"));
        throttle.succeeded(attempt);
        return new LoginAnswer.Accepted(person.get(), Factor.PASSKEY);
    }

    private Optional<Person> owner(String untrustedCredential, Throttle.Try attempt) {
        try {
            return passkeys.alone(untrustedCredential).flatMap(people::find);
        } catch (RuntimeException e) {
            throttle.undo(attempt); // an outage is nobody's guess
            throw e;
        }
    }

    /** In place of step 2: the ticket of somebody who has no second factor yet. Opens only the page for enrolling. */
    LoginAnswer ticket(Person person, String ticket, String address) {
        return counted(Factor.CODE, "login.ticket", person, address, () -> tickets.admits(person.number(), ticket) ? Outcome.ACCEPTED : Outcome.WRONG);
    }

    private LoginAnswer second(Factor factor, String act, Person person, String address, Supplier<Outcome> check) {
        if (!policy.second(person, address).contains(factor)) { // not even looked at: a code stays unused
            outcomes.refused(act, person.number(), address, "not-allowed");
            return new LoginAnswer.Refused();
        }
        return counted(factor, act, person, address, check);
    }

    private LoginAnswer counted(Factor factor, String act, Person person, String address, Supplier<Outcome> check) {
        return switch (throttle.begin(Door.CODE, person.number(), address)) {
            case Throttle.Wait wait -> {
                outcomes.refused(act, person.number(), address, "throttled");
                yield new LoginAnswer.Throttled(wait);
            }
            case Throttle.Try attempt -> switch (check.get()) {
                case ACCEPTED -> {
                    outcomes.accepted(act, person.number(), address, Map.of());
                    throttle.succeeded(attempt);
                    yield new LoginAnswer.Accepted(person, factor);
                }
                case REPLAYED -> {
                    outcomes.refused(act, person.number(), address, "replayed");
                    throttle.undo(attempt); // whoever sends the right code twice does not guess
                    yield new LoginAnswer.Refused();
                }
                case WRONG -> {
                    outcomes.refused(act, person.number(), address, "wrong");
                    yield new LoginAnswer.Refused();
                }
            };
        };
    }
}
