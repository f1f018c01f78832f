package antin.directory;

import java.util.List;
import java.util.Set;

/**
 * A mailbox that belongs to a unit and not to a person, such as the clerks' office's.
 *
 * @param id       short name, unique among functional mailboxes
 * @param name     as it is written
 * @param address  its mail address, lower case
 * @param further  more addresses, without the first one
 * @param unit     the unit that owns it
 * @param active   whether it gets mail
 * @param mayRead  whose mail its letters are
 * @param maySend  who may send from its addresses
 * @param history  what happened to the entry, oldest first
 * @param revision counted up with each change; 0 for one that is not in the directory yet
 */
public record FunctionalMailbox(String id, String name, String address, List<String> further, String unit, boolean active, Set<Grantee> mayRead,
    Set<Grantee> maySend, List<String> history, long revision) {

    public FunctionalMailbox {
        Fit.unit("id", id);
        Fit.name("name", name);
        address = Fit.address("mail", address);
        further = Fit.addresses("further-mail", further, address);
        Fit.unit("unit", unit);
        mayRead = Set.copyOf(mayRead);
        maySend = Set.copyOf(maySend);
        history = List.copyOf(history);
    }

    /** To whom a right is given. */
    public sealed interface Grantee {
    }

    public record OnePerson(String number) implements Grantee {

        public OnePerson {
            Fit.number("grantee", number);
        }
    }

    /** Whoever is in the group at that time. */
    public record AGroup(String id) implements Grantee {

        public AGroup {
            Fit.unit("grantee", id);
        }
    }

    public FunctionalMailbox with(String changedName, String changedAddress, List<String> changedFurther, boolean changedActive) {
        return new FunctionalMailbox(id, changedName, changedAddress, changedFurther, unit, changedActive, mayRead, maySend, history, revision);
    }

    public FunctionalMailbox withGrants(Set<Grantee> read, Set<Grantee> send) {
        return new FunctionalMailbox(id, name, address, further, unit, active, read, send, history, revision);
    }

    public FunctionalMailbox withHistory(List<String> changed) {
        return new FunctionalMailbox(id, name, address, further, unit, active, mayRead, maySend, changed, revision);
    }

    public FunctionalMailbox withRevision(long changed) {
        return new FunctionalMailbox(id, name, address, further, unit, active, mayRead, maySend, history, changed);
    }
}
