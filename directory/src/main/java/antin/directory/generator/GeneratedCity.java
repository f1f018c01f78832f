package antin.directory.generator;

import antin.directory.Position;
import antin.directory.Role;
import antin.directory.ldif.LdifTemplate;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A city of 633 agencies and 31,345 people, the same for the same seed: {@link Random} is specified to the bit, and nothing here depends
 * on the clock, the locale or the order of a hash.
 */
public final class GeneratedCity {

    private static final List<String> UNIT_COLUMNS = List.of("id", "name", "level", "parent", "body", "kind", "organization-id", "address");
    private static final List<String> PEOPLE_COLUMNS = List.of("number", "name", "family-name", "middle-name", "given-name", "mail", "unit", "title", "phone", "role", "status",
        "language", "positions", "head-of");

    private final String base;
    private final String mailDomain;
    private final List<Agency> agencies;
    private final List<Employee> staff;
    private final Map<String, String> heads;

    public GeneratedCity(long seed, String base, String mailDomain) {
        this.base = base;
        this.mailDomain = mailDomain;
        Random random = new Random(seed);
        agencies = CityPlan.agencies(random);
        staff = Staffing.staff(random, agencies);
        heads = staff.stream().filter(GeneratedCity::isHead).collect(Collectors.toMap(Employee::unit, Employee::number));
    }

    /** {@code --seed NUMBER --out FOLDER [--base DN --mail-domain DOMAIN]}. */
    public static void main(String[] arguments) throws IOException {
        GeneratorArguments parsed;
        try {
            parsed = GeneratorArguments.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("antin: the city cannot be generated: " + e.getMessage());
            System.exit(2);
            return;
        }
        GeneratedCity city = new GeneratedCity(parsed.seed(), parsed.base(), parsed.mailDomain());
        city.write(parsed.folder());
        System.out.println(city.agencies.size() + " units and " + city.staff.size() + " people in " + parsed.folder());
    }

    /** {@code units.csv}, {@code people.csv} and {@code city.ldif}; units above come before those below them, people last. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Writer units = Files.newBufferedWriter(folder.resolve("units.csv"));
             Writer people = Files.newBufferedWriter(folder.resolve("people.csv"));
             Writer ldif = Files.newBufferedWriter(folder.resolve("city.ldif"))) {
            units.write(Csv.line(UNIT_COLUMNS));
            people.write(Csv.line(PEOPLE_COLUMNS));
            for (Agency agency : agencies) {
                units.write(Csv.line(columns(agency)));
                ldif.write(entry(agency));
            }
            for (Employee employee : staff) {
                people.write(Csv.line(columns(employee)));
                ldif.write(entry(employee));
            }
        }
    }

    private static List<String> columns(Agency agency) {
        String parent = agency.unit().parent();
        return List.of(agency.unit().id(), agency.unit().name(), agency.unit().level(), parent == null ? "" : parent, agency.body().word(), agency.kind(),
            agency.organizationId(), agency.address());
    }

    private List<String> columns(Employee employee) {
        return List.of(employee.number(), employee.name().full(), employee.name().family(), employee.name().middle(), employee.name().given(), mail(employee), employee.unit(),
            employee.title(), employee.phone(), employee.role().word(), "active", "vi", employee.positions().stream().map(Position::text).collect(Collectors.joining("; ")),
            isHead(employee) ? employee.unit() : "");
    }

    private String entry(Agency agency) {
        String path = agency.path().stream().map(id -> "ou=" + id + ',').collect(Collectors.joining());
        return "dn: " + path + "ou=units," + base + "\nobjectClass: organizationalUnit\nobjectClass: antinAgency\nou: " + agency.unit().id() + '\n'
            + LdifTemplate.line("displayName", agency.unit().name()) + "antinLevel: " + agency.unit().level() + "\nantinKind: " + agency.kind() + "\nantinBody: " + agency.body().word()
            + "\nantinOrganizationId: " + agency.organizationId() + "\nantinHead: uid=" + heads.get(agency.unit().id()) + ",ou=people," + base + "\nantinStatus: active\n" + LdifTemplate.line("postalAddress", agency.address()) + '\n';
    }

    private String entry(Employee employee) {
        String positions = employee.positions().stream().map(position -> LdifTemplate.line("antinPosition", position.text())).collect(Collectors.joining());
        return "dn: uid=" + employee.number() + ",ou=people," + base + "\nobjectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: " + employee.number() + '\n'
            + LdifTemplate.line("cn", employee.name().full()) + LdifTemplate.line("sn", employee.name().family()) + LdifTemplate.line("givenName", employee.name().given())
            + "mail: " + mail(employee) + "\nantinUnit: " + employee.unit() + '\n' + LdifTemplate.line("title", employee.title()) + "telephoneNumber: " + employee.phone()
            + "\nantinRole: " + employee.role().word() + "\nantinStatus: active\npreferredLanguage: vi\n" + positions + '\n';
    }

    /** The first one in each agency. */
    private static boolean isHead(Employee employee) {
        return employee.role() == Role.LEADER;
    }

    private String mail(Employee employee) {
        return employee.local() + '@' + mailDomain;
    }
}
