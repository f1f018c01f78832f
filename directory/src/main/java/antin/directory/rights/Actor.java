package antin.directory.rights;

import antin.directory.Person;
import antin.directory.Role;
import java.util.Set;

/**
 * Who acts, as the directory says now, not as a session remembers.
 *
 * @param number   the permanent number
 * @param roles    what they are
 * @param homeUnit the short name of the unit they belong to, lower case; administrators act for it and all below it
 */
public record Actor(String number, Set<Role> roles, String homeUnit) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    public static Actor of(Person person) {
        return new Actor(person.number(), person.roles(), person.unit().id());
    }
}
