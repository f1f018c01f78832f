package antin.backbone.enrolment;

import antin.directory.PersonEntry;
import antin.directory.Role;
import antin.directory.index.DirectoryIndex;
import antin.directory.rights.Actor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose certificates an administrator sees: all of them those of the city and auditors; others those of their unit, of the units below it, and of whoever has their home there.
 *
 * @param all where the two sets do not count
 */
public record Scope(boolean all, Set<String> units, Set<String> people) {

    public static final Scope ALL = new Scope(true, Set.of(), Set.of());

    /** By the directory's word now. */
    public static Scope of(Actor actor, DirectoryIndex index) {
        if (actor.roles().contains(Role.AUDITOR) || actor.roles().contains(Role.CITY_ADMINISTRATOR)) {
            return ALL;
        }
        Set<String> units = actor.scope().map(index.tree()::within).orElse(Set.of());
        List<PersonEntry> people = index.people(person -> units.contains(person.unit()));
        return new Scope(false, units, people.stream().map(PersonEntry::number).collect(Collectors.toSet()));
    }

    public boolean contains(Owner owner) {
        return all || switch (owner.kind()) {
            case PERSON -> people.contains(owner.id());
            case UNIT -> units.contains(owner.id());
            case SYSTEM -> false;
        };
    }
}
