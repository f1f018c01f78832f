package antin.otp.login;

import antin.otp.factor.BackupCodes;
import antin.otp.factor.Device;
import antin.otp.factor.Devices;
import antin.otp.factor.Enrolments;
import antin.otp.passkey.Passkey;
import antin.otp.passkey.Passkeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** All second factors of a person. The last one is not taken away by its owner, who would be locked out; backup codes are none to stand on. */
public final class PersonFactors {

    private final Devices devices;
    private final Passkeys passkeys;
    private final BackupCodes backupCodes;
    private final Enrolments enrolments;
    private final Outcomes outcomes;
    private final JdbcClient database;
    private final TransactionTemplate transactions;

    public PersonFactors(Devices devices, Passkeys passkeys, BackupCodes backupCodes, Enrolments enrolments, Outcomes outcomes, JdbcClient database, TransactionTemplate transactions) {
        this.devices = devices;
        this.passkeys = passkeys;
        this.backupCodes = backupCodes;
        this.enrolments = enrolments;
        this.outcomes = outcomes;
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

    /** Empty where it is not theirs, or the last one. @param address the client's IP address */
    public Optional<Device> removeDevice(String person, UUID id, String address) {
        Optional<Device> removed = unlessLast(person, () -> devices.remove(person, id));
        removed.ifPresent(device -> told(person, address, device.kind().word(), device.name()));
        return removed;
    }

    public Optional<Passkey> removePasskey(String person, String id, String address) {
        Optional<Passkey> removed = unlessLast(person, () -> passkeys.remove(person, id));
        removed.ifPresent(passkey -> told(person, address, "passkey", passkey.name()));
        return removed;
    }

    /** Takes all of them away, for an approved reset; its act is the caller's to audit. How many there were. */
    public int reset(String person) {
        enrolments.forget(person);
        return devices.removeAll(person) + passkeys.removeAll(person) + backupCodes.removeAll(person);
    }

    private void told(String person, String address, String kind, String name) {
        outcomes.tell("factor.removed", "done", person, address, Map.of("kind", kind, "name", name));
    }

    /** One at a time for a person, so that two at once do not take the last two. */
    private <T> Optional<T> unlessLast(String person, Supplier<Optional<T>> removal) {
        Optional<T> removed = transactions.execute(status -> {
            database.sql("SELECT pg_advisory_xact_lock(hashtext(?))").param("factors " + person).query().listOfRows();
            return mayRemove(person) ? removal.get() : Optional.<T>empty();
        });
        return removed == null ? Optional.empty() : removed;
    }
}
