package antin.directory.generator;

import antin.directory.Body;
import antin.directory.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** 633 agencies as the existing system counts them: the top, 23 departments and Party boards, 30 districts, 579 communes. */
final class CityPlan {

    static final int AGENCIES = 633;
    private static final int DISTRICTS = 30;
    private static final String TOP = "thanh-pho";

    /** Short name, name, body and kind of those of the city itself. */
    private static final List<String> DEPARTMENTS = List.of("Văn phòng Thành ủy|PARTY|party-office", "Ban Tổ chức Thành ủy|PARTY|party-board",
        "Ban Tuyên giáo và Dân vận Thành ủy|PARTY|party-board", "Ủy ban Kiểm tra Thành ủy|PARTY|party-board", "Ban Nội chính Thành ủy|PARTY|party-board",
        "Ủy ban Mặt trận Tổ quốc thành phố|FATHERLAND_FRONT|front-committee", "Liên đoàn Lao động thành phố|SOCIO_POLITICAL|trade-union",
        "Hội Liên hiệp Phụ nữ thành phố|SOCIO_POLITICAL|womens-union", "Đoàn Thanh niên thành phố|SOCIO_POLITICAL|youth-union", "Hội Nông dân thành phố|SOCIO_POLITICAL|farmers-union",
        "Văn phòng Ủy ban nhân dân thành phố|GOVERNMENT|office", "Sở Nội vụ|GOVERNMENT|department", "Sở Tài chính|GOVERNMENT|department", "Sở Xây dựng|GOVERNMENT|department",
        "Sở Y tế|GOVERNMENT|department", "Sở Tư pháp|GOVERNMENT|department", "Sở Công Thương|GOVERNMENT|department", "Sở Khoa học và Công nghệ|GOVERNMENT|department",
        "Sở Giáo dục và Đào tạo|GOVERNMENT|department", "Sở Văn hóa và Thể thao|GOVERNMENT|department", "Sở Du lịch|GOVERNMENT|department",
        "Sở Nông nghiệp và Môi trường|GOVERNMENT|department", "Thanh tra thành phố|GOVERNMENT|inspectorate");

    private static final List<String> FIRST = List.of("Tân", "Phú", "An", "Hòa", "Bình", "Long", "Thanh", "Vĩnh", "Đông", "Tây", "Nam", "Bắc", "Xuân", "Yên", "Thượng", "Hạ", "Trung", "Đại", "Minh", "Kim",
        "Hồng", "Phúc", "Quảng", "Đức", "Liên", "Ngọc", "Thạch", "Cổ", "Văn", "Hưng");
    private static final List<String> SECOND = List.of("Lợi", "Sơn", "Khánh", "Thịnh", "Mỹ", "Hà", "Giang", "Thành", "Hải", "Phong", "Lộc", "Trì", "Đô", "Mai", "Lâm", "Châu", "Lập", "Quang", "Hiệp", "Cường",
        "Tiến", "Viên", "Hoàng", "Thủy", "Dương", "Nghĩa", "Đồng", "Phượng", "Tâm", "Kỳ");

    /** Of the sample city: one may be imported beside the other. */
    private static final List<String> SAMPLE_PLACES = List.of("hoa-binh", "an-khanh", "tan-an", "phuc-loi", "long-son", "binh-minh");
    private static final Set<String> SAMPLE_UNITS = Set.of("so-noi-vu", "so-tai-chinh");

    private final Random random;
    private final List<Agency> agencies = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private final Map<Body, Integer> numbers = new HashMap<>();

    private CityPlan(Random random) {
        this.random = random;
        places.addAll(SAMPLE_PLACES);
    }

    /** Units above come before those below them. */
    static List<Agency> agencies(Random random) {
        CityPlan plan = new CityPlan(random);
        plan.add(TOP, "Ủy ban nhân dân thành phố", "city", List.of(), Body.GOVERNMENT, "peoples-committee", 40);
        for (String department : DEPARTMENTS) {
            String[] part = department.split("\\|");
            String id = VietnameseNames.ascii(part[0]);
            plan.add(SAMPLE_UNITS.contains(id) ? id + "-tp" : id, part[0], "city", List.of(TOP), Body.valueOf(part[1]), part[2], 120 + random.nextInt(160));
        }
        for (int i = 0; i < DISTRICTS; i++) {
            String name = (i < 12 ? "quận " : i < 29 ? "huyện " : "thị xã ") + plan.place();
            plan.add(VietnameseNames.ascii(name), "Ủy ban nhân dân " + name, "district", List.of(TOP), Body.GOVERNMENT, "peoples-committee", 150 + random.nextInt(150));
        }
        List<Agency> districts = plan.agencies.subList(plan.agencies.size() - DISTRICTS, plan.agencies.size()).stream().toList();
        for (int i = plan.agencies.size(); i < AGENCIES; i++) {
            int district = i % DISTRICTS;
            String name = (district < 12 ? "phường " : i % 20 == 0 ? "thị trấn " : "xã ") + plan.place();
            plan.add(VietnameseNames.ascii(name), "Ủy ban nhân dân " + name, "commune", districts.get(district).path(), Body.GOVERNMENT, "peoples-committee", 25 + random.nextInt(30));
        }
        return List.copyOf(plan.agencies);
    }

    private void add(String id, String name, String level, List<String> above, Body body, String kind, int weight) {
        if (!ids.add(id)) {
            throw new IllegalStateException("Two agencies are called " + id);
        }
        List<String> path = new ArrayList<>(List.of(id));
        path.addAll(above);
        int number = numbers.merge(body, 1, Integer::sum);
        String organization = String.format(Locale.ROOT, "000.%02d.%02d.%c29", number / 100, number % 100, "PHMD".charAt(body.ordinal()));
        String address = "Số " + (1 + random.nextInt(300)) + ", đường " + pick(FIRST) + ' ' + pick(SECOND);
        agencies.add(new Agency(new Unit(id, name, level, above.isEmpty() ? null : above.getFirst()), List.copyOf(path), body, kind, organization, address, weight));
    }

    /** A place name used once. */
    private String place() {
        String place;
        do {
            place = pick(FIRST) + ' ' + pick(SECOND);
        } while (!places.add(VietnameseNames.ascii(place)));
        return place;
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
