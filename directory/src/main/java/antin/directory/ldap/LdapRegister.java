package antin.directory.ldap;

import antin.directory.FunctionalMailbox;
import antin.directory.Group;
import antin.directory.PasswordState;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.UnitEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@link Register} over the connections of an {@link LdapDirectory}, which closes them. */
public final class LdapRegister implements Register {

    private final Addresses addresses;
    private final PersonEntries people;
    private final UnitEntries units;
    private final UnitTree tree;
    private final GroupEntries groups;
    private final MailboxEntries mailboxes;
    private final PersonSecrets secrets;
    private final PersonMedia media;

    LdapRegister(LdapConnections connections, Places places) {
        LdapReads reads = new LdapReads(connections.own);
        LdapWrites writes = new LdapWrites(connections.own, reads);
        this.addresses = new Addresses(places, reads);
        this.people = new PersonEntries(places, reads, writes, addresses);
        this.units = new UnitEntries(places, reads);
        this.tree = new UnitTree(places, reads, writes, connections.own, units);
        this.groups = new GroupEntries(places, reads, writes, new Rules(places, units));
        this.mailboxes = new MailboxEntries(places, reads, writes, addresses);
        this.secrets = new PersonSecrets(places, reads, connections.own);
        this.media = new PersonMedia(places, reads, connections.own);
    }

    @Override
    public Optional<PersonEntry> person(String number) {
        return people.find(number);
    }

    @Override
    public Optional<UnitEntry> unit(String id) {
        return units.find(id);
    }

    @Override
    public Optional<Group> group(String id) {
        return groups.find(id);
    }

    @Override
    public Optional<FunctionalMailbox> mailbox(String id) {
        return mailboxes.find(id);
    }

    @Override
    public void people(Consumer<PersonEntry> each) {
        people.each(each);
    }

    @Override
    public void peopleChangedSince(Instant since, Consumer<PersonEntry> each) {
        people.changedSince(since, each);
    }

    @Override
    public List<UnitEntry> units() {
        return units.all();
    }

    @Override
    public List<Group> groups() {
        return groups.all();
    }

    @Override
    public List<FunctionalMailbox> mailboxes() {
        return mailboxes.all();
    }

    @Override
    public Optional<String> ownerOf(String address) {
        return addresses.owner(address);
    }

    @Override
    public PersonEntry add(PersonEntry person) {
        return people.add(person);
    }

    @Override
    public PersonEntry change(PersonEntry before, PersonEntry after) {
        return people.change(before, after);
    }

    @Override
    public UnitEntry add(UnitEntry unit) {
        return tree.add(unit);
    }

    @Override
    public UnitEntry change(UnitEntry before, UnitEntry after) {
        return tree.change(before, after);
    }

    @Override
    public Group add(Group group) {
        return groups.add(group);
    }

    @Override
    public Group change(Group before, Group after) {
        return groups.change(before, after);
    }

    @Override
    public void remove(Group group) {
        groups.remove(group);
    }

    @Override
    public FunctionalMailbox add(FunctionalMailbox mailbox) {
        return mailboxes.add(mailbox);
    }

    @Override
    public FunctionalMailbox change(FunctionalMailbox before, FunctionalMailbox after) {
        return mailboxes.change(before, after);
    }

    @Override
    public void remove(FunctionalMailbox mailbox) {
        mailboxes.remove(mailbox);
    }

    @Override
    public void setPassword(String number, String password) {
        secrets.set(number, password, false);
    }

    @Override
    public void setTemporaryPassword(String number, String password) {
        secrets.set(number, password, true);
    }

    @Override
    public PasswordState passwordState(String number) {
        return secrets.state(number);
    }

    @Override
    public Optional<Instant> passwordChanged(String number) {
        return secrets.state(number).changed();
    }

    @Override
    public Optional<byte[]> photo(String number) {
        return media.photo(number);
    }

    @Override
    public void setPhoto(String number, byte[] jpeg) {
        media.setPhoto(number, jpeg);
    }

    @Override
    public List<byte[]> certificates(String number) {
        return media.certificates(number);
    }

    @Override
    public void setCertificates(String number, List<byte[]> certificates) {
        media.setCertificates(number, certificates);
    }
}
