package antin.directory.opendj;

import antin.directory.Role;
import antin.directory.Unit;
import antin.directory.ldif.LdifTemplate;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An invented city on three levels, to try things with. Its people's passwords are made anew for each installation. */
final class SampleCity {

    /** A unit and, above it, its place in the tree. */
    private record SampleUnit(Unit unit, String kind, List<String> above) {
    }

    private record SamplePerson(String number, String name, String local, String unit, Role role, String language, List<String> aliases) {
    }

    private static final List<String> CITY = List.of("ubnd-tp");
    private static final List<String> DISTRICT_1 = List.of("quan-hoa-binh", "ubnd-tp");
    private static final List<String> DISTRICT_2 = List.of("huyen-an-khanh", "ubnd-tp");

    private static final List<SampleUnit> UNITS = List.of(
        unit("ubnd-tp", "Ủy ban nhân dân thành phố", "city", "peoples-committee", List.of()),
        unit("van-phong", "Văn phòng Ủy ban nhân dân thành phố", "city", "office", CITY),
        unit("so-noi-vu", "Sở Nội vụ", "city", "department", CITY),
        unit("so-tai-chinh", "Sở Tài chính", "city", "department", CITY),
        unit("so-khcn", "Sở Khoa học và Công nghệ", "city", "department", CITY),
        unit("thanh-tra", "Thanh tra thành phố", "city", "inspectorate", CITY),
        unit("quan-hoa-binh", "Ủy ban nhân dân quận Hòa Bình", "district", "peoples-committee", CITY),
        unit("huyen-an-khanh", "Ủy ban nhân dân huyện An Khánh", "district", "peoples-committee", CITY),
        unit("phuong-tan-an", "Ủy ban nhân dân phường Tân An", "commune", "peoples-committee", DISTRICT_1),
        unit("phuong-phuc-loi", "Ủy ban nhân dân phường Phúc Lợi", "commune", "peoples-committee", DISTRICT_1),
        unit("xa-long-son", "Ủy ban nhân dân xã Long Sơn", "commune", "peoples-committee", DISTRICT_2),
        unit("xa-binh-minh", "Ủy ban nhân dân xã Bình Minh", "commune", "peoples-committee", DISTRICT_2));

    private static final List<SamplePerson> PEOPLE = List.of(
        person("100001", "Nguyễn Văn An", "an.nguyen", "ubnd-tp", Role.LEADER, "vi", "chutich"),
        person("100002", "Trần Thị Bình", "binh.tran", "van-phong", Role.CLERK, "vi", "vanthu"),
        person("100003", "Lê Quốc Cường", "cuong.le", "so-khcn", Role.CITY_ADMINISTRATOR, "vi"),
        person("100004", "Phạm Thị Ánh Dương", "duong.pham", "thanh-tra", Role.AUDITOR, "vi"),
        person("100005", "Hoàng Minh Đức", "duc.hoang", "so-noi-vu", Role.LEADER, "vi"),
        person("100006", "Vũ Thị Hương", "huong.vu", "so-noi-vu", Role.STAFF, "en"),
        person("100007", "Đặng Quang Khải", "khai.dang", "so-tai-chinh", Role.CLERK, "vi"),
        person("100008", "Bùi Thị Ngọc Lan", "lan.bui", "quan-hoa-binh", Role.DISTRICT_ADMINISTRATOR, "vi"),
        person("100009", "Đỗ Hữu Mạnh", "manh.do", "quan-hoa-binh", Role.LEADER, "vi"),
        person("100010", "Ngô Bảo Ngân", "ngan.ngo", "huyen-an-khanh", Role.DISTRICT_ADMINISTRATOR, "vi"),
        person("100011", "Dương Văn Phúc", "phuc.duong", "phuong-tan-an", Role.COMMUNE_ADMINISTRATOR, "vi"),
        person("100012", "Lý Thị Quỳnh", "quynh.ly", "phuong-phuc-loi", Role.STAFF, "vi"),
        person("100013", "Đinh Công Sơn", "son.dinh", "xa-long-son", Role.COMMUNE_ADMINISTRATOR, "vi"),
        person("100014", "Mai Thị Thu Thủy", "thuy.mai", "xa-binh-minh", Role.CLERK, "vi"),
        // Nobody: the document system's mailbox, which it opens and sends from with an app password.
        person("100015", "Hệ thống quản lý văn bản", "van-ban", "ubnd-tp", Role.STAFF, "vi"));

    /** Without letters and digits that look alike; 16 of 31 give 79 bits. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private final String base;
    private final String mailDomain;
    private final Map<String, String> passwords = new TreeMap<>();

    SampleCity(String base, String mailDomain, SecureRandom random) {
        this.base = base;
        this.mailDomain = mailDomain;
        PEOPLE.forEach(person -> passwords.put(person.number, password(random)));
    }

    /** Units, then people. */
    String ldif() {
        StringBuilder ldif = new StringBuilder();
        UNITS.forEach(unit -> append(ldif, unit));
        PEOPLE.forEach(person -> append(ldif, person));
        return ldif.toString();
    }

    /** A line a person: mail address, name, unit, role, directory password, number; separated by tabs. */
    String table() {
        StringBuilder table = new StringBuilder();
        PEOPLE.forEach(person -> table.append(String.join("\t", person.local + '@' + mailDomain, person.name, person.unit, person.role.word(),
            passwords.get(person.number), person.number)).append('\n'));
        return table.toString();
    }

    private void append(StringBuilder ldif, SampleUnit unit) {
        String above = String.join("", unit.above.stream().map(id -> "ou=" + id + ',').toList());
        ldif.append("dn: ou=").append(unit.unit.id()).append(',').append(above).append("ou=units,").append(base).append('\n')
            .append("objectClass: organizationalUnit\nobjectClass: antinAgency\nou: ").append(unit.unit.id()).append('\n')
            .append(LdifTemplate.line("displayName", unit.unit.name()))
            .append("antinLevel: ").append(unit.unit.level()).append("\nantinKind: ").append(unit.kind).append("\n\n");
    }

    private void append(StringBuilder ldif, SamplePerson person) {
        ldif.append("dn: uid=").append(person.number).append(",ou=people,").append(base).append('\n')
            .append("objectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: ").append(person.number).append('\n')
            .append(LdifTemplate.line("cn", person.name))
            .append(LdifTemplate.line("sn", person.name.substring(0, person.name.indexOf(' ')))) // the family name comes first
            .append(LdifTemplate.line("givenName", person.name.substring(person.name.lastIndexOf(' ') + 1)))
            .append("mail: ").append(person.local).append('@').append(mailDomain).append('\n');
        person.aliases.forEach(alias -> ldif.append("antinMailAlternateAddress: ").append(alias).append('@').append(mailDomain).append('\n'));
        ldif.append("antinMailAlternateAddress: ").append(person.local).append('@').append(person.unit).append('.').append(mailDomain).append('\n')
            .append("antinUnit: ").append(person.unit).append("\nantinRole: ").append(person.role.word())
            .append("\nantinStatus: active\npreferredLanguage: ").append(person.language)
            .append("\nuserPassword: ").append(passwords.get(person.number)).append("\n\n");
    }

    private static String password(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private static SampleUnit unit(String id, String name, String level, String kind, List<String> above) {
        return new SampleUnit(new Unit(id, name, level), kind, above);
    }

    private static SamplePerson person(String number, String name, String local, String unit, Role role, String language, String... aliases) {
        return new SamplePerson(number, name, local, unit, role, language, List.of(aliases));
    }
}
