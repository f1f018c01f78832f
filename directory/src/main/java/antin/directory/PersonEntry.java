package antin.directory;

import java.util.List;
import java.util.Set;

/**
 * A person as administrators see them: the whole entry but secrets, photo and certificates. Every value was checked; a
 * {@link Refusal} says which was not fit.
 *
 * @param number    permanent, never used again; digits
 * @param name      full name as it is written, such as {@code Nguyễn Thị Ấn}
 * @param family    the family name in it
 * @param given     the given name in it; may be empty
 * @param address   the primary mail address, lower case
 * @param further   more addresses that are theirs, lower case, without the primary one
 * @param unit      short name of the home unit
 * @param title     position in the home unit, such as {@code Chuyên viên}; may be empty
 * @param phone     office phone; may be empty
 * @param mobile    private phone, seen by themselves and their administrators only; may be empty
 * @param roles     what they may do
 * @param active    whether they may log in and get mail
 * @param language  {@code vi} or {@code en}
 * @param positions in other units
 * @param history   what happened to the entry, oldest first
 * @param revision  counted up with each change; 0 for an entry that is not in the directory yet
 */
public record PersonEntry(String number, String name, String family, String given, String address, List<String> further, String unit, String title,
    String phone, String mobile, Set<Role> roles, boolean active, String language, List<Position> positions, List<String> history, long revision) {

    public PersonEntry {
        Fit.number("number", number);
        Fit.name("name", name);
        Fit.name("family-name", family);
        Fit.optionalName("given-name", given);
        address = Fit.address("mail", address);
        further = Fit.addresses("further-mail", further, address);
        Fit.unit("unit", unit);
        Fit.optionalName("title", title);
        Fit.phone("phone", phone);
        Fit.phone("mobile", mobile);
        Fit.language("language", language);
        roles = Set.copyOf(roles);
        positions = positions.stream().distinct().toList(); // an LDAP attribute has no value twice
        history = List.copyOf(history);
    }

    public PersonEntry withName(String changed, String changedFamily, String changedGiven) {
        return new PersonEntry(number, changed, changedFamily, changedGiven, address, further, unit, title, phone, mobile, roles, active, language, positions, history, revision);
    }

    public PersonEntry withAddresses(String changed, List<String> changedFurther) {
        return new PersonEntry(number, name, family, given, changed, changedFurther, unit, title, phone, mobile, roles, active, language, positions, history, revision);
    }

    public PersonEntry withPlace(String changedUnit, String changedTitle) {
        return new PersonEntry(number, name, family, given, address, further, changedUnit, changedTitle, phone, mobile, roles, active, language, positions, history, revision);
    }

    public PersonEntry withPhones(String changed, String changedMobile) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, changed, changedMobile, roles, active, language, positions, history, revision);
    }

    public PersonEntry withRoles(Set<Role> changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, changed, active, language, positions, history, revision);
    }

    public PersonEntry withActive(boolean changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, roles, changed, language, positions, history, revision);
    }

    public PersonEntry withLanguage(String changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, roles, active, changed, positions, history, revision);
    }

    public PersonEntry withPositions(List<Position> changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, roles, active, language, changed, history, revision);
    }

    public PersonEntry withHistory(List<String> changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, roles, active, language, positions, changed, revision);
    }

    public PersonEntry withRevision(long changed) {
        return new PersonEntry(number, name, family, given, address, further, unit, title, phone, mobile, roles, active, language, positions, history, changed);
    }
}
