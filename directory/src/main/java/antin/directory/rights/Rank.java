package antin.directory.rights;

import antin.directory.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which roles stand above which: whoever could change somebody with more rights could borrow these. */
final class Rank {

    private static final List<Role> ADMINISTRATORS = List.of(Role.CITY_ADMINISTRATOR, Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR);

    private Rank() {
    }

    /** The widest administrator's role; null for none. */
    static @Nullable Role highest(Set<Role> roles) {
        return ADMINISTRATORS.stream().filter(roles::contains).findFirst().orElse(null);
    }

    /** 0 for everybody else; an auditor, who watches administrators, stands as high as the city's. */
    static int of(Set<Role> roles) {
        Role highest = highest(roles);
        if (roles.contains(Role.AUDITOR)) {
            return ADMINISTRATORS.size();
        }
        return highest == null ? 0 : ADMINISTRATORS.size() - ADMINISTRATORS.indexOf(highest);
    }
}
