package antin.directory.generator;

import antin.directory.Position;
import antin.directory.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Who works where: in each agency a head, an administrator and a clerk, then staff. */
final class Staffing {

    static final int PEOPLE = 31_345;
    private static final int FIRST_NUMBER = 1_000_001;
    private static final LocalDate FIRST_DAY = LocalDate.of(2021, 6, 1);

    /** Who has their plain address in the sample city, beside which this one may be imported. */
    private static final List<String> SAMPLE_PEOPLE = List.of("an.nguyen", "binh.tran", "cuong.le", "duong.pham", "duc.hoang", "huong.vu", "khai.dang", "lan.bui", "manh.do", "ngan.ngo",
        "phuc.duong", "quynh.ly", "son.dinh", "thuy.mai");

    private final Random random;
    private final List<Agency> agencies;
    private final Map<String, Integer> locals = new HashMap<>();
    private final List<Employee> staff = new ArrayList<>(PEOPLE);

    private Staffing(Random random, List<Agency> agencies) {
        this.random = random;
        this.agencies = agencies;
        SAMPLE_PEOPLE.forEach(local -> locals.put(local, 1));
    }

    static List<Employee> staff(Random random, List<Agency> agencies) {
        Staffing staffing = new Staffing(random, agencies);
        int[] places = staffing.places();
        for (int i = 0; i < agencies.size(); i++) {
            for (int place = 0; place < places[i]; place++) {
                staffing.hire(agencies.get(i), place);
            }
        }
        return List.copyOf(staffing.staff);
    }

    /** Shares by weight, rounded so that their sum is exact. */
    private int[] places() {
        long sum = agencies.stream().mapToLong(Agency::weight).sum();
        int[] places = new int[agencies.size()];
        long weight = 0;
        int given = 0;
        for (int i = 0; i < places.length; i++) {
            weight += agencies.get(i).weight();
            int upTo = (int) (weight * PEOPLE / sum);
            places[i] = upTo - given;
            given = upTo;
        }
        return places;
    }

    private void hire(Agency agency, int place) {
        VietnameseNames.Name name = VietnameseNames.any(random);
        Role role = switch (place) {
            case 0 -> Role.LEADER;
            case 1 -> administrator(agency.unit().level());
            case 2 -> Role.CLERK;
            default -> agency.kind().equals("inspectorate") && place < 8 ? Role.AUDITOR : Role.STAFF;
        };
        String title = switch (place) {
            case 0 -> agency.unit().level().equals("city") && !agency.kind().equals("peoples-committee") ? "Thủ trưởng" : "Chủ tịch";
            case 1 -> "Quản trị viên";
            case 2 -> "Văn thư";
            default -> random.nextInt(12) == 0 ? "Phó Trưởng phòng" : random.nextInt(8) == 0 ? "Chuyên viên chính" : "Chuyên viên";
        };
        String phone = String.format(Locale.ROOT, "+84 24 %04d %04d", random.nextInt(10_000), random.nextInt(10_000));
        staff.add(new Employee(Integer.toString(FIRST_NUMBER + staff.size()), name, local(name), agency.unit().id(), role, title, phone, positions(agency)));
    }

    private static Role administrator(String level) {
        return switch (level) {
            case "city" -> Role.CITY_ADMINISTRATOR;
            case "district" -> Role.DISTRICT_ADMINISTRATOR;
            default -> Role.COMMUNE_ADMINISTRATOR;
        };
    }

    /** {@code an.nguyen}, then {@code an.nguyen2}: the first comes first, as in an office. */
    private String local(VietnameseNames.Name name) {
        String plain = VietnameseNames.ascii(name.given()) + '.' + VietnameseNames.ascii(name.family());
        int number = locals.merge(plain, 1, Integer::sum);
        return number == 1 ? plain : plain + number;
    }

    /** Three in a hundred also sit elsewhere, half of them for a time that is known. */
    private List<Position> positions(Agency home) {
        if (random.nextInt(100) >= 3) {
            return List.of();
        }
        String unit = agencies.get(random.nextInt(agencies.size())).unit().id();
        LocalDate from = FIRST_DAY.plusDays(random.nextInt(1_800));
        LocalDate to = random.nextBoolean() ? from.plusYears(5) : null;
        return unit.equals(home.unit().id()) ? List.of() : List.of(new Position(unit, from, to, "Ủy viên"));
    }
}
