package antin.directory.transfer;

import java.util.List;
import java.util.Set;

/** The columns of CSV files, in the order in which they are written. */
final class Columns {

    static final List<String> UNITS = List.of("id", "name", "level", "parent", "body", "kind", "organization-id", "address", "phone", "mail", "website", "status");
    static final List<String> PEOPLE = List.of("number", "name", "family-name", "middle-name", "given-name", "mail", "further-mail", "unit", "title", "phone", "mobile", "role", "status",
        "language", "positions", "head-of");
    /** Whose cells hold several values. */
    static final Set<String> LISTS = Set.of("further-mail", "role", "positions", "head-of");

    private Columns() {
    }
}
