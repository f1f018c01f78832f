package antin.directory.transfer;

import antin.directory.Body;
import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.index.UnitTree;
import antin.directory.ldif.LdifTemplate;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.audit.AuditEvent;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * People and units as files that an import reads: whoever exports and imports changes nothing. Disabled people and closed units are among them; passwords, photos, certificates
 * and history are not.
 */
public final class Exports {

    private final Administration administration;
    private final String base;

    /** @param base the name under which people and units lie, such as {@code dc=city,dc=example}, for LDIF */
    public Exports(Administration administration, String base) {
        this.administration = administration;
        this.base = base;
    }

    /** Of a unit and all below it, or of all that the actor may export; by number. Throws {@link Problem} NOT_ALLOWED. */
    public void people(Actor actor, Optional<String> below, Writer csv) throws IOException {
        Set<String> units = units(actor, below, "people.csv");
        csv.write(Csv.line(Columns.PEOPLE));
        for (PersonEntry person : people(units)) {
            csv.write(Csv.line(columns(person).stream().map(Csv::harmless).toList()));
        }
        csv.flush();
    }

    /** Of a unit and all below it, or of all that the actor may export; units above first. */
    public void units(Actor actor, Optional<String> below, Writer csv) throws IOException {
        Set<String> units = units(actor, below, "units.csv");
        csv.write(Csv.line(Columns.UNITS));
        for (UnitEntry unit : fromTheTop(units)) {
            csv.write(Csv.line(columns(unit).stream().map(Csv::harmless).toList()));
        }
        csv.flush();
    }

    /** Both, as they lie in the directory. */
    public void ldif(Actor actor, Optional<String> below, Writer ldif) throws IOException {
        Set<String> units = units(actor, below, "ldif");
        ldif.write("version: 1\n\n");
        for (UnitEntry unit : fromTheTop(units)) {
            ldif.write(entry(unit));
        }
        for (PersonEntry person : people(units)) {
            ldif.write(entry(person));
        }
        ldif.flush();
    }

    private Set<String> units(Actor actor, Optional<String> below, String what) {
        Actor now = administration.actor(actor.number());
        UnitTree tree = administration.index().tree();
        Predicate<String> may = unit -> Place.of(unit, tree.units()).filter(place -> Rights.may(now, Act.EXPORT, place)).isPresent();
        Set<String> units = below.map(tree::within).orElseGet(() -> tree.entries().stream().map(UnitEntry::id).collect(Collectors.toCollection(LinkedHashSet::new)));
        Set<String> allowed = units.stream().filter(may).collect(Collectors.toCollection(LinkedHashSet::new));
        boolean refused = allowed.isEmpty() || below.isPresent() && allowed.size() < units.size();
        administration.audit().record(new AuditEvent("directory.export", refused ? "refused" : "done", now.number(), "directory", Map.of("what", what, "unit", below.orElse(""))));
        if (refused) {
            throw new Problem(Problem.Kind.NOT_ALLOWED, "You may not do this here.");
        }
        return allowed;
    }

    private List<PersonEntry> people(Set<String> units) {
        return administration.index().people(person -> units.contains(person.unit())).stream()
            .sorted(Comparator.comparing((PersonEntry person) -> person.number().length()).thenComparing(PersonEntry::number)).toList();
    }

    private List<UnitEntry> fromTheTop(Set<String> units) {
        UnitTree tree = administration.index().tree();
        return units.stream().flatMap(id -> tree.entry(id).stream()).sorted(Comparator.comparing((UnitEntry unit) -> tree.path(unit.id()).size()).thenComparing(UnitEntry::id)).toList();
    }

    private static List<String> columns(UnitEntry unit) {
        return List.of(unit.id(), unit.name(), unit.level(), Objects.requireNonNullElse(unit.parent(), ""), unit.body().map(Body::word).orElse(""), unit.kind(), unit.organizationId(),
            unit.postalAddress(), unit.phone(), unit.mail(), unit.website(), unit.active() ? "active" : "closed");
    }

    private List<String> columns(PersonEntry person) {
        return List.of(person.number(), person.name(), person.family(), middle(person), person.given(), person.address(), String.join("; ", person.further()), person.unit(), person.title(),
            person.phone(), person.mobile(), list(person.roles().stream().map(Role::word).sorted()), person.active() ? "active" : "disabled", person.language(),
            list(person.positions().stream().map(Position::text)), list(administration.index().tree().headedBy(person.number()).stream().map(UnitEntry::id)));
    }

    /** What stands between the family name and the given name; import makes nothing of it. */
    private static String middle(PersonEntry person) {
        boolean between = person.name().startsWith(person.family() + ' ') && person.name().endsWith(' ' + person.given())
            && person.name().length() > person.family().length() + person.given().length() + 2;
        return between ? person.name().substring(person.family().length() + 1, person.name().length() - person.given().length() - 1) : "";
    }

    private static String list(Stream<String> values) {
        return values.collect(Collectors.joining("; "));
    }

    private String entry(UnitEntry unit) {
        List<UnitEntry> path = administration.index().tree().path(unit.id()).reversed();
        StringBuilder entry = new StringBuilder("dn: ").append(path.stream().map(above -> "ou=" + above.id() + ',').collect(Collectors.joining())).append("ou=units,").append(base)
            .append("\nobjectClass: organizationalUnit\nobjectClass: antinAgency\nou: ").append(unit.id()).append('\n');
        text(entry, "displayName", unit.name());
        text(entry, "antinLevel", unit.level());
        text(entry, "antinBody", unit.body().map(Body::word).orElse(""));
        text(entry, "antinKind", unit.kind());
        text(entry, "antinOrganizationId", unit.organizationId());
        text(entry, "postalAddress", unit.postalAddress().replace("\\", "\\5C").replace("$", "\\24")); // RFC 4517, 3.3.28
        text(entry, "telephoneNumber", unit.phone());
        text(entry, "mail", unit.mail());
        text(entry, "labeledURI", unit.website());
        text(entry, "antinHead", unit.head().map(this::name).orElse(""));
        text(entry, "antinStatus", unit.active() ? "active" : "disabled");
        return entry.append('\n').toString();
    }

    private String entry(PersonEntry person) {
        StringBuilder entry = new StringBuilder("dn: ").append(name(person.number())).append("\nobjectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: ").append(person.number()).append('\n');
        text(entry, "cn", person.name());
        text(entry, "sn", person.family());
        text(entry, "givenName", person.given());
        text(entry, "mail", person.address());
        person.further().forEach(address -> text(entry, "antinMailAlternateAddress", address));
        text(entry, "antinUnit", person.unit());
        text(entry, "title", person.title());
        text(entry, "telephoneNumber", person.phone());
        text(entry, "mobile", person.mobile());
        person.roles().stream().map(Role::word).sorted().forEach(role -> text(entry, "antinRole", role));
        text(entry, "antinStatus", person.active() ? "active" : "disabled");
        text(entry, "preferredLanguage", person.language());
        person.positions().forEach(position -> text(entry, "antinPosition", position.text()));
        return entry.append('\n').toString();
    }

    private String name(String number) {
        return "uid=" + number + ",ou=people," + base;
    }

    private static void text(StringBuilder entry, String attribute, String value) {
        if (!value.isEmpty()) {
            entry.append(isPlain(value) ? attribute + ": " + value + '\n' : LdifTemplate.line(attribute, value));
        }
    }

    /** RFC 2849, SAFE-STRING, and short enough for one line. */
    private static boolean isPlain(String value) {
        return value.length() < 200 && value.chars().allMatch(character -> character >= ' ' && character < 127) && " :<".indexOf(value.charAt(0)) < 0 && !value.endsWith(" ");
    }
}
