package antin.directory.ldap;

import antin.directory.Body;
import antin.directory.UnitEntry;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Units below {@code ou=units}, {@code organizationalUnit} and {@code antinAgency}: an entry's place in the tree is its parent. */
final class UnitEntries {

    static final Filter IS_UNIT = Filter.createEqualityFilter("objectClass", "antinAgency");
    private static final String[] ATTRIBUTES = {"ou", "displayName", "antinLevel", "antinKind", "antinBody", "antinOrganizationId", "postalAddress", "telephoneNumber",
        "mail", "labeledURI", "antinHead", "antinStatus", "antinHistory", "antinRevision"};

    private final Places places;
    private final LdapReads reads;

    UnitEntries(Places places, LdapReads reads) {
        this.places = places;
        this.reads = reads;
    }

    static Filter named(String id) {
        return Filter.createANDFilter(IS_UNIT, Filter.createEqualityFilter("ou", id));
    }

    Optional<UnitEntry> find(String id) {
        return !Places.isLabel(id) ? Optional.empty() : reads.one(places.units, named(id), ATTRIBUTES).flatMap(this::read);
    }

    /** By short name. */
    List<UnitEntry> all() {
        List<UnitEntry> units = new ArrayList<>();
        reads.each(places.units, IS_UNIT, entry -> read(entry).ifPresent(units::add), ATTRIBUTES);
        units.sort(Comparator.comparing(UnitEntry::id));
        return units;
    }

    /** Where it stands now. */
    Optional<DN> place(String id) {
        return reads.one(places.units, named(id), "ou").map(UnitEntries::name);
    }

    static Content content(UnitEntry unit, Places places) {
        return new Content().with("ou", unit.id()).with("displayName", unit.name()).with("antinLevel", unit.level()).with("antinKind", unit.kind())
            .with("antinBody", unit.body().map(Body::word).orElse("")).with("antinOrganizationId", unit.organizationId())
            .with("postalAddress", postal(unit.postalAddress())).with("telephoneNumber", unit.phone()).with("mail", unit.mail()).with("labeledURI", unit.website())
            .with("antinHead", unit.head().map(number -> places.person(number).toString()).orElse(""))
            .with("antinStatus", unit.active() ? "active" : "disabled").with("antinHistory", unit.history());
    }

    /** The short name of the unit above; null at the top. */
    static @Nullable String parent(SearchResultEntry entry, DN top) {
        DN above = name(entry).getParent();
        return above == null || above.equals(top) ? null : Places.first(above).toLowerCase(Locale.ROOT);
    }

    private Optional<UnitEntry> read(SearchResultEntry entry) {
        return Values.read(entry, values -> new UnitEntry(values.lower("id", "ou"), values.text("name", "displayName"), values.lower("level", "antinLevel"),
            parent(entry, places.units), values.lower("kind", "antinKind"), Body.of(values.text("body", "antinBody")), values.text("organization-id", "antinOrganizationId"),
            oneLine(values.text("address", "postalAddress")), values.text("phone", "telephoneNumber"), values.text("mail", "mail"), website(values),
            places.number(values.text("head", "antinHead")), values.isActive(true), values.all("history", "antinHistory"), values.revision()));
    }

    /** A URI, and perhaps a label behind it (RFC 2079). */
    private static String website(Values values) {
        return values.text("website", "labeledURI").split(" ", 2)[0];
    }

    /** RFC 4517, 3.3.28: lines are parted by dollar signs, which are escaped where they are none. */
    private static String postal(String line) {
        return line.replace("\\", "\\5C").replace("$", "\\24");
    }

    private static String oneLine(String postal) {
        return postal.replace("$", ", ").replace("\\24", "$").replace("\\5C", "\\").replace("\\5c", "\\");
    }

    private static DN name(SearchResultEntry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("A directory's names are names.", e);
        }
    }
}
