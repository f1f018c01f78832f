package antin.directory.administration;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes a person: first rights, then rules, then the register. */
final class ChangePerson {

    private final Desk desk;

    ChangePerson(Desk desk) {
        this.desk = desk;
    }

    PersonEntry create(Actor actor, PersonEntry wanted) {
        Map<String, String> what = Map.of("person", wanted.number(), "unit", wanted.unit());
        desk.trail().checked("directory.person.created", actor.number(), what, () -> {
            requireHome(actor, wanted);
            requireGrants(actor, wanted, wanted.roles(), desk.place(wanted.unit()).ofPerson(wanted.number(), Set.of()));
            requirePositions(actor, wanted, List.of(), wanted.positions());
            requireAddresses(wanted, Set.of());
            return wanted;
        });
        return desk.trail().kept("directory.person.created", actor.number(), what, () -> {
            HistoryLine created = new HistoryLine(desk.clock().instant(), actor.number(), "created", "", wanted.unit());
            PersonEntry added = desk.register().add(wanted.withHistory(List.of(created.text())).withRevision(0));
            desk.index().took(added);
            return added;
        });
    }

    PersonEntry change(Actor actor, PersonEntry before, PersonEntry after) {
        PersonEntry current = current(before, after);
        Changes changes = Changes.of(current, after);
        if (changes.isEmpty()) {
            return current;
        }
        Supplier<PersonEntry> work = () -> change(actor, current, after, changes);
        // Whoever loses a post or the right to act for the city does so alone: two who disable each other would leave nobody.
        return changes.has("unit", "role", "status", "positions") ? desk.alone(work) : desk.besideOthers(work);
    }

    PersonEntry changeOwn(Actor actor, PersonEntry before, PersonEntry after) {
        PersonEntry current = current(before, after);
        Changes changes = Changes.of(current, after);
        if (changes.isEmpty()) {
            return current;
        }
        Map<String, String> what = what(current, changes);
        desk.trail().checked("directory.person.changed", actor.number(), what, () -> {
            desk.require(actor, changes.has("phone", "mobile") ? Act.CHANGE_OWN_PHONE : Act.CHANGE_OWN_LANGUAGE, desk.place(current), "number");
            changes.firstBeside("phone", "mobile", "language").ifPresent(field -> {
                throw new Refusal(field, Reason.NOT_ALLOWED);
            });
            return current;
        });
        return write(actor, current, after, changes, what);
    }

    private PersonEntry change(Actor actor, PersonEntry current, PersonEntry after, Changes changes) {
        Map<String, String> what = what(current, changes);
        desk.trail().checked("directory.person.changed", actor.number(), what, () -> {
            requireRights(actor, current, after, changes);
            return current;
        });
        requireAddresses(after, addresses(current));
        Desk.refuseUnless(!actsForTheCity(current) || actsForTheCity(after) || anotherActsForTheCity(current), changes.has("role") ? "role" : "status", Reason.STILL_USED);
        leaveHeadPosts(actor, after);
        return write(actor, current, after, changes, what);
    }

    private void requireRights(Actor actor, PersonEntry current, PersonEntry after, Changes changes) {
        Place place = desk.place(current);
        changes.firstBeside("unit", "role", "status", "positions").ifPresent(field -> desk.require(actor, Act.CHANGE_PERSON, place, field));
        if (changes.has("unit")) {
            desk.require(actor, Act.CHANGE_PERSON, place, "unit");
            requireHome(actor, after);
        }
        if (changes.has("role")) {
            requireGrants(actor, after, Changes.differing(current.roles(), after.roles()), place);
        }
        if (changes.has("status")) {
            desk.require(actor, after.active() ? Act.ENABLE_PERSON : Act.DISABLE_PERSON, place, "status");
        }
        if (after.active() && !current.active()) {
            desk.open(after.unit(), "unit");
        }
        if (changes.has("positions")) {
            requirePositions(actor, current, current.positions(), after.positions());
        }
    }

    /** A new home, which the actor may fill. */
    private void requireHome(Actor actor, PersonEntry person) {
        desk.open(person.unit(), "unit");
        desk.require(actor, Act.CREATE_PERSON, desk.place(person.unit()).ofPerson(person.number(), Set.of()), "unit"); // roles are asked for themselves
    }

    private static void requireGrants(Actor actor, PersonEntry person, Set<Role> roles, Place place) {
        roles.forEach(role -> Desk.refuseUnless(Rights.mayGrant(actor, role, place), "role", Reason.NOT_ALLOWED));
    }

    private void requirePositions(Actor actor, PersonEntry person, List<Position> before, List<Position> after) {
        Set<Position> gained = new HashSet<>(after);
        before.forEach(gained::remove);
        gained.forEach(position -> desk.open(position.unit(), "positions"));
        for (String unit : Changes.differing(before, after).stream().map(Position::unit).collect(Collectors.toSet())) {
            desk.require(actor, Act.CHANGE_POSITIONS, desk.place(unit).ofPerson(person.number(), person.roles()), "positions");
        }
    }

    /** What was theirs before may stay: a unit whose domain it is may have been closed since. */
    private void requireAddresses(PersonEntry person, Set<String> had) {
        if (!had.contains(person.address())) {
            desk.requireOurs(person.address(), "mail");
        }
        person.further().stream().filter(address -> !had.contains(address)).forEach(address -> desk.requireOurs(address, "further-mail"));
    }

    /** A head is active and works in the unit: who leaves one of both is head no longer. */
    private void leaveHeadPosts(Actor actor, PersonEntry after) {
        LocalDate today = LocalDate.ofInstant(desk.clock().instant(), ZoneOffset.UTC);
        for (UnitEntry led : desk.index().tree().headedBy(after.number())) {
            if (!after.active() || !Units.worksIn(after, led.id(), today)) {
                UnitEntry unit = desk.register().unit(led.id()).filter(entry -> entry.head().filter(after.number()::equals).isPresent()).orElse(null);
                if (unit != null) {
                    Changes change = Changes.of(unit, unit.withHead(Optional.empty()));
                    desk.trail().kept("directory.unit.changed", actor.number(), Map.of("unit", unit.id(), "changed", "head"), () -> {
                        List<String> history = HistoryLine.appended(unit.history(), change.history(desk.clock().instant(), actor.number()));
                        UnitEntry changed = desk.register().change(unit, unit.withHead(Optional.empty()).withHistory(history));
                        desk.index().took(changed);
                        return changed;
                    });
                }
            }
        }
    }

    private PersonEntry write(Actor actor, PersonEntry current, PersonEntry after, Changes changes, Map<String, String> what) {
        return desk.trail().kept("directory.person.changed", actor.number(), what, () -> {
            List<String> history = HistoryLine.appended(current.history(), changes.history(desk.clock().instant(), actor.number()));
            PersonEntry written = desk.register().change(current, after.withHistory(history).withRevision(current.revision()));
            desk.index().took(written);
            return written;
        });
    }

    /** As the register has it: what the caller holds came through a browser. */
    private PersonEntry current(PersonEntry before, PersonEntry after) {
        if (!before.number().equals(after.number())) {
            throw new Refusal("number", Reason.EXISTS);
        }
        PersonEntry current = desk.register().person(before.number()).orElseThrow(Desk::notFound);
        Desk.refuseUnless(current.revision() == before.revision(), "", Reason.CHANGED_MEANWHILE);
        return current;
    }

    private boolean anotherActsForTheCity(PersonEntry person) {
        return !desk.index().people(other -> !other.number().equals(person.number()) && actsForTheCity(other)).isEmpty();
    }

    /** An auditor changes nothing, whatever else they are. */
    private static boolean actsForTheCity(PersonEntry person) {
        return person.active() && person.roles().contains(Role.CITY_ADMINISTRATOR) && !person.roles().contains(Role.AUDITOR);
    }

    private static Set<String> addresses(PersonEntry person) {
        Set<String> addresses = new HashSet<>(person.further());
        addresses.add(person.address());
        return addresses;
    }

    private static Map<String, String> what(PersonEntry person, Changes changes) {
        return Map.of("person", person.number(), "unit", person.unit(), "changed", changes.fields());
    }
}
