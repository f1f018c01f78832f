package antin.directory.administration;

import antin.directory.Levels;
import antin.directory.Person;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Register;
import antin.directory.Unit;
import antin.directory.UnitEntry;
import antin.directory.index.DirectoryIndex;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;

/**
 * What every use case needs: the register and the index, who asks, where things stand, and one lock. People are written side by side; what shapes the tree
 * or takes something away (units, groups, mailboxes) alone, so that nobody moves into a unit that is being closed.
 */
record Desk(Register register, DirectoryIndex index, Levels levels, String mailDomain, Trail trail, Clock clock, ReadWriteLock lock, ActorSource actors) {

    /** Finds out who somebody is now. */
    interface ActorSource {

        Actor actor(String number);
    }

    /** Who somebody is by the register; {@link Problem} NOT_ALLOWED for those who are nobody any more. */
    static Actor read(Register register, DirectoryIndex index, String number) {
        if (number.equals(Actor.OPERATOR.number())) {
            return Actor.OPERATOR;
        }
        PersonEntry entry = register.person(number).filter(PersonEntry::active).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "You may not do this here."));
        Unit home = index.tree().units().getOrDefault(entry.unit(), new Unit(entry.unit(), entry.unit(), ""));
        return Actor.of(new Person(entry.number(), entry.name(), entry.address(), List.of(entry.address()), home, entry.roles(), entry.language()), index.tree().units());
    }

    /** The same person with the roles and the unit that they have now: who lost a role has lost it. */
    Actor fresh(Actor actor) {
        return actors.actor(actor.number());
    }

    /** A unit that cannot be placed stands alone, where nobody acts for anything above it. */
    Place place(String unit) {
        return Place.of(unit, index.tree().units()).orElseGet(() -> new Place(List.of(unit), Optional.empty(), Set.of()));
    }

    Place place(PersonEntry person) {
        return place(person.unit()).ofPerson(person.number(), person.roles());
    }

    /** Throws {@link Refusal} NOT_ALLOWED on the field. */
    void require(Actor actor, Act act, Place place, String field) {
        refuseUnless(Rights.may(actor, act, place), field, Reason.NOT_ALLOWED);
    }

    /** The unit, which exists and is open. */
    UnitEntry open(String unit, String field) {
        UnitEntry entry = index.tree().entry(unit).orElseThrow(() -> new Refusal(field, Reason.UNKNOWN_UNIT));
        refuseUnless(entry.active(), field, Reason.CLOSED);
        return entry;
    }

    /** An address is in the city's mail domain, or in that of a unit right below it. */
    void requireOurs(String address, String field) {
        String domain = address.substring(address.indexOf('@') + 1);
        boolean ofUnit = domain.endsWith('.' + mailDomain) && index.tree().entry(domain.substring(0, domain.length() - mailDomain.length() - 1)).isPresent();
        refuseUnless(domain.equals(mailDomain) || ofUnit, field, Reason.NOT_OURS);
    }

    <T> T besideOthers(Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    <T> T alone(Supplier<T> work) {
        return locked(lock.writeLock(), work);
    }

    static void refuseUnless(boolean fit, String field, Reason reason) {
        if (!fit) {
            throw new Refusal(field, reason);
        }
    }

    static Problem notFound() {
        return new Problem(Kind.NOT_FOUND, "There is nothing of this name.");
    }

    private static <T> T locked(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
