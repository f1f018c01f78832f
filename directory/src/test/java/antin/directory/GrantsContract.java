package antin.directory;

import static antin.directory.RegisterContract.assertRefused;
import static antin.directory.RegisterContract.number;
import static antin.directory.RegisterContract.person;
import static antin.directory.RegisterContract.unit;
import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.Members;
import antin.directory.Group.OfUnit;
import antin.directory.Refusal.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every adapter does with groups and functional mailboxes: how they are kept, and whose letters are whose. */
public interface GrantsContract {

    /** As backbone. */
    Register register();

    /** As mail-server: what it may read is enough. */
    Directory directory();

    @Test
    default void keepsEveryFieldOfAGroup() {
        UnitEntry unit = register().add(unit(null));
        PersonEntry one = register().add(person(unit.id()));
        PersonEntry two = register().add(person(unit.id()));
        Group fixed = group(unit.id(), new Fixed(Set.of(one.number(), two.number())));
        for (Group wanted : List.of(fixed, group(unit.id(), new OfUnit(unit.id())), group(unit.id(), new BelowUnit(unit.id())), group(unit.id(), new HeadsBelow(unit.id(), "commune")))) {
            Group added = register().add(wanted.withHistory(List.of("2026-11-22T10:00:00Z x added")));
            assertThat(added.revision()).isEqualTo(1);
            assertThat(register().group(wanted.id())).contains(added);
            assertThat(register().groups()).contains(added);
            assertRefused("id", Reason.EXISTS, () -> register().add(wanted));
            Members members = wanted.members() instanceof Fixed ? new Fixed(Set.of(two.number())) : new OfUnit(unit.id());
            Group changed = register().change(added, added.with("Tổ *)(cn=", members));
            assertThat(register().group(wanted.id())).contains(changed);
            assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().change(added, added.with("Khác", added.members())));
            assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().remove(added));
            register().remove(changed);
            assertThat(register().group(wanted.id())).isEmpty();
            assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().remove(changed));
        }
        assertRefused("rule", Reason.UNKNOWN_UNIT, () -> register().add(group(unit.id(), new BelowUnit("rc-nowhere"))));
    }

    @Test
    default void keepsEveryFieldOfAFunctionalMailbox() {
        UnitEntry unit = register().add(unit(null));
        PersonEntry reader = register().add(person(unit.id()));
        Group group = register().add(group(unit.id(), new OfUnit(unit.id())));
        FunctionalMailbox mailbox = mailbox(unit.id(), Set.of(new OnePerson(reader.number()), new AGroup(group.id())), Set.of(new AGroup(group.id())))
            .withHistory(List.of("2026-11-22T10:00:00Z x added"));
        FunctionalMailbox added = register().add(mailbox);
        assertThat(added).isEqualTo(mailbox.withRevision(1));
        assertThat(register().mailbox(mailbox.id())).contains(added);
        assertThat(register().mailboxes()).contains(added);
        for (String address : List.of(mailbox.address(), mailbox.further().getFirst())) {
            assertThat(register().ownerOf(address)).contains("mailbox/" + mailbox.id());
            assertRefused("mail", Reason.TAKEN, () -> register().add(person(unit.id()).withAddresses(address, List.of())));
            assertRefused("further-mail", Reason.TAKEN, () -> register().change(reader, reader.withAddresses(reader.address(), List.of(address))));
        }
        assertRefused("id", Reason.EXISTS, () -> register().add(mailbox));
        for (String taken : List.of(reader.address(), reader.further().getFirst())) {
            assertRefused("mail", Reason.TAKEN, () -> register().change(added, added.with("Văn thư", taken, List.of(), true)));
            assertRefused("further-mail", Reason.TAKEN, () -> register().change(added, added.with("Văn thư", added.address(), List.of(taken), true)));
        }
        FunctionalMailbox changed = register().change(added, added.with("Một cửa", "mot-cua" + number() + "@city.example", List.of(), false).withGrants(Set.of(), Set.of()));
        assertThat(register().mailbox(mailbox.id())).contains(changed);
        assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().remove(added));
        register().remove(changed);
        assertThat(register().mailbox(mailbox.id())).isEmpty();
        assertThat(register().ownerOf(changed.address())).isEmpty();
    }

    /** A letter goes to whoever reads the mailbox when it comes. */
    @Test
    default void bringsALetterToAllThatReadAFunctionalMailbox() {
        UnitEntry city = register().add(unit(null));
        UnitEntry district = register().add(unit(city.id()));
        PersonEntry first = register().add(person(city.id()));
        PersonEntry second = register().add(person(district.id()));
        PersonEntry gone = register().add(person(district.id()).withActive(false));
        register().change(district, district.withPlace("district", city.id()).withHead(Optional.of(second.number())));

        assertReaders(mailbox(city.id(), Set.of(new OnePerson(first.number()), new OnePerson(gone.number())), Set.of()), first);
        assertReaders(read(city, new Fixed(Set.of(second.number(), first.number()))), first, second);
        assertReaders(read(city, new OfUnit(district.id())), second);
        assertReaders(read(city, new BelowUnit(city.id())), first, second);
        assertReaders(read(city, new HeadsBelow(city.id(), "district")), second);
        assertReaders(read(city, new HeadsBelow(city.id(), "commune")));
        assertReaders(mailbox(city.id(), Set.of(new OnePerson(gone.number())), Set.of()));
        assertReaders(mailbox(city.id(), Set.of(), Set.of(new OnePerson(first.number()))));
        FunctionalMailbox closed = mailbox(city.id(), Set.of(new OnePerson(first.number())), Set.of());
        assertReaders(closed.with(closed.name(), closed.address(), closed.further(), false));
    }

    @Test
    default void followsAUnitThatMoved() {
        UnitEntry city = register().add(unit(null));
        UnitEntry district = register().add(unit(city.id()));
        UnitEntry other = register().add(unit(null));
        PersonEntry person = register().add(person(district.id()));
        Group below = register().add(group(city.id(), new BelowUnit(district.id())));
        FunctionalMailbox mailbox = register().add(mailbox(city.id(), Set.of(new AGroup(below.id())), Set.of(new AGroup(below.id()))));
        register().change(district, district.withPlace("city", other.id()));
        assertThat(register().group(below.id())).contains(below);
        assertThat(directory().resolve(mailbox.address())).contains(new Recipient(List.of(person.address()), Optional.of(mailbox.address())));
        assertThat(directory().maySend(directory().person(person.number()).orElseThrow(), mailbox.address())).isTrue();
    }

    @Test
    default void letsThoseSendFromAFunctionalMailboxThatMay() {
        Office office = office();
        Person may = directory().person(office.inside().number()).orElseThrow();
        Person mayNot = directory().person(office.outside().number()).orElseThrow();
        for (Grantee grantee : office.grantees()) {
            FunctionalMailbox mailbox = register().add(mailbox(office.city().id(), Set.of(new OnePerson(office.outside().number())), Set.of(grantee)));
            for (String from : List.of(mailbox.address(), mailbox.further().getFirst().toUpperCase(Locale.ROOT))) {
                assertThat(directory().maySend(may, from)).as(grantee + from).isTrue();
                assertThat(directory().maySend(mayNot, from)).as("reading is not sending: " + grantee).isFalse();
            }
            register().change(mailbox, mailbox.with(mailbox.name(), mailbox.address(), mailbox.further(), false));
            assertThat(directory().maySend(may, mailbox.address())).as("closed").isFalse();
        }
        assertThat(directory().maySend(may, office.inside().further().getFirst().toUpperCase(Locale.ROOT))).isTrue();
        for (String foreign : office.foreign()) {
            assertThat(directory().maySend(may, foreign)).as(foreign).isFalse();
        }
    }

    @Test
    default void opensAFunctionalMailboxForThoseThatReadIt() {
        Office office = office();
        Person may = directory().person(office.inside().number()).orElseThrow();
        Person mayNot = directory().person(office.outside().number()).orElseThrow();
        for (Grantee grantee : office.grantees()) {
            FunctionalMailbox mailbox = register().add(mailbox(office.city().id(), Set.of(grantee), Set.of(new OnePerson(office.outside().number()))));
            for (String typed : List.of(mailbox.address(), mailbox.further().getFirst().toUpperCase(Locale.ROOT))) {
                assertThat(directory().mailbox(may, typed)).as(grantee + typed).contains(mailbox.address());
                assertThat(directory().mailbox(mayNot, typed)).as("sending is not reading: " + grantee).isEmpty();
            }
            register().change(mailbox, mailbox.with(mailbox.name(), mailbox.address(), mailbox.further(), false));
            assertThat(directory().mailbox(may, mailbox.address())).as("closed").isEmpty();
        }
        assertThat(directory().mailbox(may, office.inside().further().getFirst().toUpperCase(Locale.ROOT))).contains(office.inside().address());
        for (String foreign : office.foreign()) {
            assertThat(directory().mailbox(may, foreign)).as(foreign).isEmpty();
        }
    }

    /**
     * A unit with somebody within it, at its head, and somebody outside.
     *
     * @param grantees one of each kind, all of which mean the person within and nobody else
     */
    record Office(UnitEntry city, PersonEntry inside, PersonEntry outside, List<Grantee> grantees) {

        /** Addresses that are no mailbox of the person within. */
        List<String> foreign() {
            return List.of(outside.address(), "nobody@city.example", "", "*", "*@city.example", "a)(mail=*@city.example", "x".repeat(100_000) + "@city.example");
        }
    }

    private Office office() {
        UnitEntry city = register().add(unit(null));
        UnitEntry district = register().add(unit(city.id()));
        PersonEntry inside = register().add(person(district.id()));
        PersonEntry outside = register().add(person(city.id()));
        register().change(district, district.withPlace("district", city.id()).withHead(Optional.of(inside.number())));
        return new Office(city, inside, outside, List.of(new OnePerson(inside.number()), group(city, new Fixed(Set.of(inside.number()))), group(city, new OfUnit(district.id())),
            group(city, new BelowUnit(district.id())), group(city, new HeadsBelow(city.id(), "district"))));
    }

    private void assertReaders(FunctionalMailbox wanted, PersonEntry... readers) {
        FunctionalMailbox mailbox = register().add(wanted);
        List<String> addresses = Arrays.stream(readers).map(PersonEntry::address).sorted().toList();
        Optional<Recipient> expected = addresses.isEmpty() ? Optional.empty() : Optional.of(new Recipient(addresses, Optional.of(mailbox.address())));
        assertThat(directory().resolve(mailbox.address().toUpperCase(Locale.ROOT))).as(mailbox.toString()).isEqualTo(expected);
        assertThat(directory().resolve(mailbox.further().getFirst())).isEqualTo(expected);
        assertThat(directory().person(mailbox.address())).as("it is nobody").isEmpty();
    }

    private FunctionalMailbox read(UnitEntry unit, Members members) {
        return mailbox(unit.id(), Set.of(group(unit, members)), Set.of());
    }

    private Grantee group(UnitEntry unit, Members members) {
        return new AGroup(register().add(group(unit.id(), members)).id());
    }

    private static Group group(String unit, Members members) {
        return new Group("rc-" + number(), "Tổ biên tập (mới)", unit, members, List.of(), 0);
    }

    private static FunctionalMailbox mailbox(String unit, Set<? extends Grantee> read, Set<? extends Grantee> send) {
        String number = number();
        return new FunctionalMailbox("rc-" + number, "Văn thư", "van-thu" + number + "@city.example", List.of("vt" + number + "@city.example"), unit, true, Set.copyOf(read),
            Set.copyOf(send), List.of(), 0);
    }
}
