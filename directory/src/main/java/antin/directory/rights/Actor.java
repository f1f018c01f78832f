package antin.directory.rights;

import antin.directory.Person;
import antin.directory.Role;
import antin.directory.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, as the directory says now, not as a session remembers.
 *
 * @param number the permanent number
 * @param roles  what they are
 * @param scope  the short name of the unit that an administrator acts for, with all below it; empty for nowhere. For one of the city, who acts everywhere, the top of their tree
 */
public record Actor(String number, Set<Role> roles, Optional<String> scope) {

    /** Whoever operates the machine: nobody of the directory, and where that is empty the only one who can fill it. No person's number and no unit's name looks so. */
    public static final Actor OPERATOR = new Actor("operator", Set.of(Role.CITY_ADMINISTRATOR), Optional.of("*"));

    public Actor {
        roles = Set.copyOf(roles);
    }

    /**
     * A person in a tree of units by short name. An administrator of the city stands for the tree that they work in, wherever in it that is;
     * one of a district or commune for the uppermost unit of that level above them (they may work in an office of it), and where levels
     * have other names for their home unit, but never for a whole tree.
     */
    public static Actor of(Person person, Map<String, Unit> units) {
        List<String> path = Place.of(person.unit().id(), units).map(Place::path).orElse(List.of());
        Role role = Rank.highest(person.roles());
        return new Actor(person.number(), person.roles(), path.isEmpty() || role == null ? Optional.empty() : scope(role, path, units));
    }

    private static Optional<String> scope(Role role, List<String> path, Map<String, Unit> units) {
        if (role == Role.CITY_ADMINISTRATOR) {
            return Optional.of(path.getLast());
        }
        String level = role.word().substring(0, role.word().indexOf('-')).toLowerCase(Locale.ROOT);
        List<String> parts = path.subList(0, path.size() - 1);
        return parts.reversed().stream().filter(id -> isOf(level, units.get(id))).findFirst().or(() -> parts.stream().findFirst());
    }

    private static boolean isOf(String level, @Nullable Unit unit) {
        return unit != null && unit.level().equalsIgnoreCase(level);
    }
}
