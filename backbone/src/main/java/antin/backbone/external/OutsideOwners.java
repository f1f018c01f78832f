package antin.backbone.external;

import antin.ca.external.Owner;
import antin.directory.Person;
import antin.directory.PersonEntry;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Owners as the directory knows them, and who may act for them. Safe for use by many threads. */
public final class OutsideOwners {

    private final Administration administration;
    private final ActivePeople people;

    public OutsideOwners(Administration administration, ActivePeople people) {
        this.administration = administration;
        this.people = people;
    }

    /** The person, or the agency that they administer where a unit is named. Throws {@link Problem}, which tells nothing of units that are another's. */
    public Owner of(Person person, String unit) {
        return unit.isEmpty() ? own(person) : known(person, Owner.agency(unit));
    }

    /** By the id, for those who may register for it: the person themselves, or who administers the agency. */
    public Owner known(Person person, String owner) {
        if (Owner.kind(owner) == Owner.Kind.PERSON) {
            if (!owner.equals(person.number())) {
                throw nothing();
            }
            return own(person);
        }
        UnitEntry unit = unit(owner).filter(entry -> entry.active() && administration.units().may(actor(person.number()), Act.CHANGE_UNIT, entry)).orElseThrow(OutsideOwners::nothing);
        Set<String> identifiers = new HashSet<>(Set.of(unit.id()));
        Optional.of(unit.organizationId()).filter(text -> !text.isEmpty()).ifPresent(identifiers::add);
        return new Owner(owner, unit.name(), identifiers, unit.mail().isEmpty() ? List.of() : List.of(unit.mail()));
    }

    /** Whether this person is the owner, or administers them. */
    public boolean mayFollow(String person, String owner) {
        return Owner.kind(owner) == Owner.Kind.PERSON && owner.equals(person) || mayAnswerFor(person, owner);
    }

    /** Whether this person administers the owner: who notes what the authority answered. */
    public boolean mayAnswerFor(String person, String owner) {
        return switch (Owner.kind(owner)) {
            case AGENCY -> unit(owner).filter(entry -> administration.units().may(actor(person), Act.CHANGE_UNIT, entry)).isPresent();
            case PERSON -> person(owner).filter(entry -> administration.people().may(actor(person), Act.CHANGE_PERSON, entry)).isPresent();
        };
    }

    /** For pages and letters. */
    public String name(String owner) {
        return switch (Owner.kind(owner)) {
            case AGENCY -> unit(owner).map(UnitEntry::name).orElse(Owner.bare(owner));
            case PERSON -> person(owner).map(PersonEntry::name).orElse(owner);
        };
    }

    /** The agency itself, or the one that the person works in. */
    public String agency(String owner) {
        String unit = Owner.kind(owner) == Owner.Kind.AGENCY ? Owner.bare(owner) : person(owner).map(PersonEntry::unit).orElse("");
        return administration.index().tree().entry(unit).map(UnitEntry::name).orElse(unit);
    }

    public Actor actor(String number) {
        return administration.actor(number);
    }

    Optional<Person> active(String number) {
        return people.find(number);
    }

    private static Owner own(Person person) {
        return new Owner(person.number(), person.name(), Set.of(person.number()), person.addresses());
    }

    private Optional<UnitEntry> unit(String owner) {
        return administration.index().tree().entry(Owner.bare(owner));
    }

    private Optional<PersonEntry> person(String number) {
        return administration.register().person(number);
    }

    private static Problem nothing() {
        return new Problem(Kind.NOT_FOUND, "There is no such owner.");
    }
}
