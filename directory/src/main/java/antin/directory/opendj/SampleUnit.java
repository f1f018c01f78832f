package antin.directory.opendj;

import antin.directory.Body;
import antin.directory.ldif.LdifTemplate;
import java.util.List;

/**
 * A unit of the sample city.
 *
 * @param above its place in the tree, the nearest first
 * @param organizationId apart from those that the generated city counts from 000.00.01
 * @param head  the number of who leads it, or empty
 */
record SampleUnit(String id, String name, String level, String kind, List<String> above, String organizationId, String address, String phone, String head) {

    private static final List<String> TOP = List.of();
    private static final List<String> CITY = List.of("ubnd-tp");
    private static final List<String> DISTRICT_1 = List.of("quan-hoa-binh", "ubnd-tp");
    private static final List<String> DISTRICT_2 = List.of("huyen-an-khanh", "ubnd-tp");

    static final List<SampleUnit> ALL = List.of(
        unit("ubnd-tp", "Ủy ban nhân dân thành phố", "city", "peoples-committee", TOP, 1, "Số 1, đường Hòa Bình", "100001"),
        unit("van-phong", "Văn phòng Ủy ban nhân dân thành phố", "city", "office", CITY, 2, "Số 1, đường Hòa Bình", ""),
        unit("so-noi-vu", "Sở Nội vụ", "city", "department", CITY, 3, "Số 12, đường Trần Hưng Đạo", "100005"),
        unit("so-tai-chinh", "Sở Tài chính", "city", "department", CITY, 4, "Số 14, đường Trần Hưng Đạo", ""),
        unit("so-khcn", "Sở Khoa học và Công nghệ", "city", "department", CITY, 5, "Số 5, đường Lê Lợi", ""),
        unit("thanh-tra", "Thanh tra thành phố", "city", "inspectorate", CITY, 6, "Số 9, đường Lê Lợi", ""),
        unit("quan-hoa-binh", "Ủy ban nhân dân quận Hòa Bình", "district", "peoples-committee", CITY, 7, "Số 30, đường Nguyễn Huệ, quận Hòa Bình", "100009"),
        unit("huyen-an-khanh", "Ủy ban nhân dân huyện An Khánh", "district", "peoples-committee", CITY, 8, "Số 2, quốc lộ 18, huyện An Khánh", ""),
        unit("phuong-tan-an", "Ủy ban nhân dân phường Tân An", "commune", "peoples-committee", DISTRICT_1, 9, "Số 7, phố Tân An, quận Hòa Bình", "100011"),
        unit("phuong-phuc-loi", "Ủy ban nhân dân phường Phúc Lợi", "commune", "peoples-committee", DISTRICT_1, 10, "Số 21, phố Phúc Lợi, quận Hòa Bình", ""),
        unit("xa-long-son", "Ủy ban nhân dân xã Long Sơn", "commune", "peoples-committee", DISTRICT_2, 11, "Thôn Trung, xã Long Sơn", "100013"),
        unit("xa-binh-minh", "Ủy ban nhân dân xã Bình Minh", "commune", "peoples-committee", DISTRICT_2, 12, "Thôn Đông, xã Bình Minh", ""));

    /** {@code ou=ID} and so on up to the city's base. */
    String name(String base) {
        return "ou=" + id + ',' + String.join("", above.stream().map(each -> "ou=" + each + ',').toList()) + "ou=units," + base;
    }

    String ldif(String base) {
        return "dn: " + name(base) + "\nobjectClass: organizationalUnit\nobjectClass: antinAgency\nou: " + id + '\n' + LdifTemplate.line("displayName", name)
            + "antinLevel: " + level + "\nantinKind: " + kind + "\nantinBody: " + Body.GOVERNMENT.word() + "\nantinStatus: active\nantinOrganizationId: " + organizationId + '\n'
            + LdifTemplate.line("postalAddress", address) + "telephoneNumber: " + phone + '\n'
            + (head.isEmpty() ? "" : "antinHead: uid=" + head + ",ou=people," + base + '\n') + '\n';
    }

    private static SampleUnit unit(String id, String name, String level, String kind, List<String> above, int number, String address, String head) {
        return new SampleUnit(id, name, level, kind, above, "000.90.%02d.H29".formatted(number), address, "+84 24 3825 %04d".formatted(number), head);
    }
}
