package antin.otp.login;

import antin.otp.factor.BackupCodes;
import antin.otp.factor.Device;
import antin.otp.factor.Devices;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.factor.Enrolments;
import antin.otp.passkey.Passkey;
import antin.otp.passkey.Passkeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All second factors of a person, each change told by {@link FactorNews} in its own transaction. The last one is not taken away by its owner, who would be locked out; backup codes
 * are none to stand on. An address is the client's.
 */
public final class PersonFactors {

    /** How enrolling with a ticket ended. */
    public enum First {
        /** The device counts and the ticket is used. */
        ADDED,
        /** The code is not the begun device's, or another session began another one: the ticket stays good. */
        WRONG_CODE,
        /** It was used meanwhile, or its day is over. */
        NO_TICKET
    }

    private final Devices devices;
    private final Passkeys passkeys;
    private final BackupCodes backupCodes;
    private final Enrolments enrolments;
    private final EnrolmentTickets tickets;
    private final FactorNews news;
    private final JdbcClient database;
    private final TransactionTemplate transactions;

    public PersonFactors(Devices devices, Passkeys passkeys, BackupCodes backupCodes, Enrolments enrolments, EnrolmentTickets tickets, FactorNews news, JdbcClient database,
        TransactionTemplate transactions) {
        this.devices = devices;
        this.passkeys = passkeys;
        this.backupCodes = backupCodes;
        this.enrolments = enrolments;
        this.tickets = tickets;
        this.news = news;
        this.database = database;
        this.transactions = transactions;
    }

    public List<Device> devices(String person) {
        return devices.list(person);
    }

    public List<Passkey> passkeys(String person) {
        return passkeys.list(person);
    }

    public int backupCodes(String person) {
        return backupCodes.left(person);
    }

    /** Whether one may go and another one stays. */
    public boolean mayRemove(String person) {
        return devices.list(person).size() + passkeys.list(person).size() > 1;
    }

    /** The begun device counts from now on; empty where the code is not its, or there are enough. */
    public Optional<Device> addDevice(String person, String name, String code, String address) {
        return alone(person, status -> {
            Optional<Device> added = devices.list(person).size() >= Devices.MOST_PER_PERSON ? Optional.empty() : enrolments.confirm(person, name, code);
            added.ifPresent(device -> news.added(person, address, Map.of("kind", device.kind().word(), "name", name)));
            return added;
        });
    }

    /** The begun device counts from now on by a ticket, which is used up by that and by nothing less. */
    public First addFirst(String person, String name, String code, String address) {
        return alone(person, status -> {
            if (!tickets.use(person)) {
                return First.NO_TICKET;
            }
            Optional<Device> added = enrolments.confirm(person, name, code);
            if (added.isEmpty()) {
                status.setRollbackOnly();
                return First.WRONG_CODE;
            }
            news.added(person, address, Map.of("kind", added.get().kind().word(), "name", name, "by", "ticket"));
            return First.ADDED;
        });
    }

    /** Whether it is one from now on. @param untrusted what the browser made of the options */
    public boolean addPasskey(String person, String name, String untrusted, String address) {
        return alone(person, status -> {
            boolean added = passkeys.register(person, name, untrusted);
            if (added) {
                news.added(person, address, Map.of("kind", "passkey", "name", name));
            }
            return added;
        });
    }

    /** A new set, to be shown once; the one before is void. */
    public List<String> issueBackupCodes(String person, String address) {
        return alone(person, status -> {
            List<String> codes = backupCodes.issue(person);
            news.added(person, address, Map.of("kind", "backup-code", "name", ""));
            return codes;
        });
    }

    /** Empty where it is not theirs, or the last one. */
    public Optional<Device> removeDevice(String person, UUID id, String address) {
        return alone(person, status -> {
            Optional<Device> removed = mayRemove(person) ? devices.remove(person, id) : Optional.empty();
            removed.ifPresent(device -> news.removed(person, address, Map.of("kind", device.kind().word(), "name", device.name())));
            return removed;
        });
    }

    public Optional<Passkey> removePasskey(String person, String id, String address) {
        return alone(person, status -> {
            Optional<Passkey> removed = mayRemove(person) ? passkeys.remove(person, id) : Optional.empty();
            removed.ifPresent(passkey -> news.removed(person, address, Map.of("kind", "passkey", "name", passkey.name())));
            return removed;
        });
    }

    /** Takes all of them away, for an approved reset, which its caller tells of. How many there were. */
    public int reset(String person) {
        enrolments.forget(person);
        return devices.removeAll(person) + passkeys.removeAll(person) + backupCodes.removeAll(person);
    }

    /** One change at a time for a person, so that two at once do not take the last two, nor add more than there may be. */
    private <T> T alone(String person, Function<TransactionStatus, T> change) {
        T done = transactions.execute(status -> {
            database.sql("SELECT pg_advisory_xact_lock(hashtext(?))").param("factors " + person).query().listOfRows();
            return change.apply(status);
        });
        if (done == null) {
            throw new IllegalStateException("The change answers.");
        }
        return done;
    }
}
