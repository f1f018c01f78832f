package antin.directory.transfer;

import antin.directory.FunctionalMailbox;
import antin.directory.Group;
import antin.directory.PasswordState;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Register;
import antin.directory.UnitEntry;
import antin.directory.index.DirectoryIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A register of what the index holds, which keeps changes to itself and refuses what a directory would: a dry run is an import into it, by the same rights and
 * rules to the last one. Passwords, photos and certificates are not in it. Safe for use by many threads.
 */
final class Rehearsal implements Register {

    private final Map<String, PersonEntry> people = new HashMap<>();
    private final Map<String, UnitEntry> units = new HashMap<>();
    private final Map<String, String> organizations = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, FunctionalMailbox> mailboxes = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    Rehearsal(DirectoryIndex index) {
        index.people(person -> true).forEach(person -> {
            people.put(person.number(), person);
            addresses(person).forEach(address -> owners.put(address, "person/" + person.number()));
        });
        index.tree().entries().forEach(this::put);
        index.groups().forEach(group -> groups.put(group.id(), group));
        index.mailboxes().forEach(mailbox -> {
            mailboxes.put(mailbox.id(), mailbox);
            owners.put(mailbox.address(), "mailbox/" + mailbox.id());
            mailbox.further().forEach(address -> owners.put(address, "mailbox/" + mailbox.id()));
        });
    }

    @Override
    public synchronized Optional<PersonEntry> person(String number) {
        return Optional.ofNullable(people.get(number));
    }

    @Override
    public synchronized Optional<UnitEntry> unit(String id) {
        return Optional.ofNullable(units.get(id));
    }

    @Override
    public synchronized Optional<Group> group(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    @Override
    public synchronized Optional<FunctionalMailbox> mailbox(String id) {
        return Optional.ofNullable(mailboxes.get(id));
    }

    @Override
    public synchronized void people(Consumer<PersonEntry> each) {
        people.values().forEach(each);
    }

    @Override
    public void peopleChangedSince(Instant since, Consumer<PersonEntry> each) {
        people(each);
    }

    @Override
    public synchronized List<UnitEntry> units() {
        return List.copyOf(units.values());
    }

    @Override
    public synchronized List<Group> groups() {
        return List.copyOf(groups.values());
    }

    @Override
    public synchronized List<FunctionalMailbox> mailboxes() {
        return List.copyOf(mailboxes.values());
    }

    @Override
    public synchronized Optional<String> ownerOf(String address) {
        return Optional.ofNullable(owners.get(address));
    }

    @Override
    public synchronized PersonEntry add(PersonEntry person) {
        refuseIf(people.containsKey(person.number()), "number", Reason.EXISTS);
        return put(person.withRevision(1));
    }

    @Override
    public synchronized PersonEntry change(PersonEntry before, PersonEntry after) {
        PersonEntry there = people.get(before.number());
        refuseIf(there == null || there.revision() != before.revision(), "", Reason.CHANGED_MEANWHILE);
        requireFree(after);
        addresses(before).forEach(owners::remove);
        return put(after.withRevision(before.revision() + 1));
    }

    @Override
    public synchronized UnitEntry add(UnitEntry unit) {
        refuseIf(units.containsKey(unit.id()), "id", Reason.EXISTS);
        refuseIf(unit.parent() != null && !units.containsKey(unit.parent()), "parent", Reason.UNKNOWN_UNIT);
        requireFree(unit);
        return put(unit.withRevision(1));
    }

    @Override
    public synchronized UnitEntry change(UnitEntry before, UnitEntry after) {
        UnitEntry there = units.get(before.id());
        refuseIf(there == null || there.revision() != before.revision(), "", Reason.CHANGED_MEANWHILE);
        requireFree(after);
        organizations.remove(before.organizationId());
        return put(after.withRevision(before.revision() + 1));
    }

    @Override
    public Group add(Group group) {
        throw notPartOfIt();
    }

    @Override
    public Group change(Group before, Group after) {
        throw notPartOfIt();
    }

    @Override
    public void remove(Group group) {
        throw notPartOfIt();
    }

    @Override
    public FunctionalMailbox add(FunctionalMailbox mailbox) {
        throw notPartOfIt();
    }

    @Override
    public FunctionalMailbox change(FunctionalMailbox before, FunctionalMailbox after) {
        throw notPartOfIt();
    }

    @Override
    public void remove(FunctionalMailbox mailbox) {
        throw notPartOfIt();
    }

    @Override
    public void setPassword(String number, String password) {
        throw notPartOfIt();
    }

    @Override
    public void setTemporaryPassword(String number, String password) {
        throw notPartOfIt();
    }

    @Override
    public PasswordState passwordState(String number) {
        throw notPartOfIt();
    }

    @Override
    public Optional<Instant> passwordChanged(String number) {
        throw notPartOfIt();
    }

    @Override
    public Optional<byte[]> photo(String number) {
        throw notPartOfIt();
    }

    @Override
    public void setPhoto(String number, byte[] jpeg) {
        throw notPartOfIt();
    }

    @Override
    public List<byte[]> certificates(String number) {
        throw notPartOfIt();
    }

    @Override
    public void setCertificates(String number, List<byte[]> certificates) {
        throw notPartOfIt();
    }

    private PersonEntry put(PersonEntry person) {
        requireFree(person);
        people.put(person.number(), person);
        addresses(person).forEach(address -> owners.put(address, "person/" + person.number()));
        return person;
    }

    private UnitEntry put(UnitEntry unit) {
        units.put(unit.id(), unit);
        if (!unit.organizationId().isEmpty()) {
            organizations.put(unit.organizationId(), unit.id());
        }
        return unit;
    }

    private void requireFree(PersonEntry person) {
        String own = "person/" + person.number();
        refuseIf(!owners.getOrDefault(person.address(), own).equals(own), "mail", Reason.TAKEN);
        refuseIf(person.further().stream().anyMatch(address -> !owners.getOrDefault(address, own).equals(own)), "further-mail", Reason.TAKEN);
    }

    private void requireFree(UnitEntry unit) {
        refuseIf(!organizations.getOrDefault(unit.organizationId(), unit.id()).equals(unit.id()), "organization-id", Reason.TAKEN);
    }

    private static List<String> addresses(PersonEntry person) {
        List<String> addresses = new ArrayList<>(person.further());
        addresses.add(person.address());
        return addresses;
    }

    private static void refuseIf(boolean refused, String field, Reason reason) {
        if (refused) {
            throw new Refusal(field, reason);
        }
    }

    private static UnsupportedOperationException notPartOfIt() {
        return new UnsupportedOperationException("An import has no part in this.");
    }
}
