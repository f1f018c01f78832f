package antin.directory.opendj;

import antin.directory.PlainLetters;
import antin.directory.Role;
import antin.directory.ldif.LdifTemplate;
import java.util.List;

/**
 * A person of the sample city.
 *
 * @param local   the primary address without the domain
 * @param title   position in the home unit
 * @param aliases further addresses without the domain
 */
record SamplePerson(String number, String name, String local, String unit, Role role, String language, String title, List<String> aliases) {

    static final List<SamplePerson> ALL = List.of(
        person("100001", "Nguyễn Văn An", "an.nguyen", "ubnd-tp", Role.LEADER, "vi", "Chủ tịch", "chutich"),
        person("100002", "Trần Thị Bình", "binh.tran", "van-phong", Role.CLERK, "vi", "Văn thư", "vanthu"),
        person("100003", "Lê Quốc Cường", "cuong.le", "so-khcn", Role.CITY_ADMINISTRATOR, "vi", "Chuyên viên"),
        person("100004", "Phạm Thị Ánh Dương", "duong.pham", "thanh-tra", Role.AUDITOR, "vi", "Thanh tra viên"),
        person("100005", "Hoàng Minh Đức", "duc.hoang", "so-noi-vu", Role.LEADER, "vi", "Giám đốc"),
        person("100006", "Vũ Thị Hương", "huong.vu", "so-noi-vu", Role.STAFF, "en", "Chuyên viên"),
        person("100007", "Đặng Quang Khải", "khai.dang", "so-tai-chinh", Role.CLERK, "vi", "Văn thư"),
        person("100008", "Bùi Thị Ngọc Lan", "lan.bui", "quan-hoa-binh", Role.DISTRICT_ADMINISTRATOR, "vi", "Chuyên viên"),
        person("100009", "Đỗ Hữu Mạnh", "manh.do", "quan-hoa-binh", Role.LEADER, "vi", "Chủ tịch"),
        person("100010", "Ngô Bảo Ngân", "ngan.ngo", "huyen-an-khanh", Role.DISTRICT_ADMINISTRATOR, "vi", "Chuyên viên"),
        person("100011", "Dương Văn Phúc", "phuc.duong", "phuong-tan-an", Role.COMMUNE_ADMINISTRATOR, "vi", "Chủ tịch"),
        person("100012", "Lý Thị Quỳnh", "quynh.ly", "phuong-phuc-loi", Role.STAFF, "vi", "Công chức văn hóa - xã hội"),
        person("100013", "Đinh Công Sơn", "son.dinh", "xa-long-son", Role.COMMUNE_ADMINISTRATOR, "vi", "Chủ tịch"),
        person("100014", "Mai Thị Thu Thủy", "thuy.mai", "xa-binh-minh", Role.CLERK, "vi", "Văn thư"),
        // Nobody: the document system's mailbox, which it opens and sends from with an app password.
        person("100015", "Hệ thống quản lý văn bản", "van-ban", "ubnd-tp", Role.STAFF, "vi", ""));

    String address(String mailDomain) {
        return local + '@' + mailDomain;
    }

    String ldif(String base, String mailDomain, String password) {
        StringBuilder ldif = new StringBuilder("dn: uid=" + number + ",ou=people," + base + "\nobjectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: " + number + '\n');
        ldif.append(LdifTemplate.line("cn", name)).append(PlainLetters.of(name).isEmpty() ? "" : LdifTemplate.line(PlainLetters.NAME, PlainLetters.of(name)))
            .append(LdifTemplate.line("sn", name.substring(0, name.indexOf(' ')))) // the family name comes first
            .append(LdifTemplate.line("givenName", name.substring(name.lastIndexOf(' ') + 1)))
            .append("mail: ").append(address(mailDomain)).append('\n');
        aliases.forEach(alias -> ldif.append("antinMailAlternateAddress: ").append(alias).append('@').append(mailDomain).append('\n'));
        ldif.append("antinMailAlternateAddress: ").append(local).append('@').append(unit).append('.').append(mailDomain).append('\n');
        if (!title.isEmpty()) {
            ldif.append(LdifTemplate.line("title", title)).append("telephoneNumber: +84 24 3825 ").append(number.substring(2)).append('\n');
        }
        return ldif.append("antinUnit: ").append(unit).append("\nantinRole: ").append(role.word()).append("\nantinStatus: active\npreferredLanguage: ").append(language)
            .append("\nuserPassword: ").append(password).append("\n\n").toString();
    }

    private static SamplePerson person(String number, String name, String local, String unit, Role role, String language, String title, String... aliases) {
        return new SamplePerson(number, name, local, unit, role, language, title, List.of(aliases));
    }
}
