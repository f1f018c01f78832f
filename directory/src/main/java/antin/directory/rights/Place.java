package antin.directory.rights;

import antin.directory.Role;
import antin.directory.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a target stands, and whose it is.
 *
 * @param path   short names from the unit itself up to the top, never empty
 * @param person the number of the person that the target is; empty for a unit, a group, a mailbox
 * @param roles  what that person is
 */
public record Place(List<String> path, Optional<String> person, Set<Role> roles) {

    public Place {
        path = List.copyOf(path);
        roles = Set.copyOf(roles);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("A place is a unit in the tree.");
        }
    }

    /**
     * The place of the unit {@code id} in a tree of units by short name. A unit that is unknown, or that lies above itself, has none:
     * what cannot be placed nobody may change.
     */
    public static Optional<Place> of(String id, Map<String, Unit> units) {
        Set<String> path = new LinkedHashSet<>();
        String next = id;
        while (next != null) {
            Unit unit = units.get(next);
            if (unit == null || !path.add(next)) {
                return Optional.empty();
            }
            next = unit.parent();
        }
        return Optional.of(new Place(new ArrayList<>(path), Optional.empty(), Set.of()));
    }

    /** No unit in particular: for acts that only the city's administrators may do, wherever. */
    public static Place ofCity() {
        return new Place(List.of("*"), Optional.empty(), Set.of());
    }

    /** The same place, of a person who is there. */
    public Place ofPerson(String number, Set<Role> theirRoles) {
        return new Place(path, Optional.of(number), theirRoles);
    }

    boolean isIn(String unit) {
        return path.contains(unit);
    }

    boolean is(String unit) {
        return path.getFirst().equals(unit);
    }
}
