package antin.directory;

import java.util.List;
import java.util.Set;

/**
 * A member of staff.
 *
 * @param number    permanent, never used again; digits
 * @param name      full name as it is written, such as {@code Nguyễn Thị Ấn}
 * @param address   the primary mail address, lower case; the login name of mail clients
 * @param addresses every address of their own, the primary one first, lower case
 * @param unit      the home unit
 * @param roles     what they may do
 * @param language  {@code vi} or {@code en}
 */
public record Person(String number, String name, String address, List<String> addresses, Unit unit, Set<Role> roles, String language) {

    public Person {
        addresses = List.copyOf(addresses);
        roles = Set.copyOf(roles);
    }
}
