package antin.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.generator.GeneratedCity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, on the generated city with a few more people in it. */
class SearchTest {

    @TempDir
    private static Path folder;
    private static final Rows ROWS = new Rows();
    private static UnitTree tree = UnitTree.EMPTY;
    private static long bytes;

    @BeforeAll
    static void readTheCity() throws IOException {
        new GeneratedCity(2026, "dc=city,dc=example", "city.example").write(folder);
        tree = UnitTree.of(rows("units.csv").map(unit -> new UnitEntry(unit[0], unit[1], unit[2], unit[3].isEmpty() ? null : unit[3], unit[5], Optional.empty(), unit[6], unit[7], "", "", "",
            Optional.empty(), true, List.of(), 0)).toList());
        long before = used();
        rows("people.csv").forEach(column -> ROWS.take(new PersonEntry(column[0], column[1], column[2], column[4], column[5], List.of(), column[6], column[7], column[8], "",
            Set.of(Role.of(column[9]).orElseThrow()), true, column[11], Position.parse(column[12]).stream().toList(), List.of(), 1)));
        ROWS.search(new Query("an", tree), row -> true, row -> false, 0, 1);
        bytes = used() - before;
        take("9000001", "Nguyễn Văn An", "an.nguyen9001@city.example", "Chủ tịch hội đồng", "024 3825 1234", "0912 345 678");
        take("9000002", "Nguyễn Văn Ấn", "an.nguyen9002@city.example", "Chuyên viên", "", "");
        take("9000003", "Đỗ Thị Đoàn Đầu", "dau.do@city.example", "Kế toán trưởng", "", "");
        take("9000004", "Văn Nguyễn Ân", "an.van@city.example", "Chuyên viên", "", "");
    }

    private static void take(String number, String name, String address, String title, String phone, String mobile) {
        ROWS.take(new PersonEntry(number, name, name.substring(0, name.indexOf(' ')), name.substring(name.lastIndexOf(' ') + 1), address, List.of(number + "@so-y-te.city.example"), "so-y-te", title,
            phone, mobile, Set.of(Role.STAFF), true, "vi", List.of(new Position("so-du-lich", null, null, "Ủy viên thường vụ đặc phái")), List.of(), 1));
    }

    @ParameterizedTest
    @CsvSource({"nguyen van an,9000001", "NGUYEN VAN AN,9000001", "Nguyễn Văn An,9000001", "an nguyen van,9000001", "nguyễn văn ấn,9000002", "an.nguyen9001,9000001", "an.nguyen9001@city.example,9000001",
        "9000001@so-y-te.city.example,9000001", "9000001,9000001", "02438251234,9000001", "+84 24 3825 1234,9000001", "+842438251234,9000001", "84 24 3825 1234,9000001", "024.3825.1234,9000001", "3825 1234,9000001",
        "chu tich hoi dong,9000001", "an chu tich hoi dong,9000001", "do thi doan dau,9000003", "đỗ đoàn,9000003", "dau.do,9000003", "ke toan truong,9000003", "dac phai nguyen an,9000001", "nguyen van an so y te,9000001"})
    void findsAPersonByWhatIsTyped(String typed, String number) {
        assertThat(find(typed, 300).page()).as(typed).extracting(PersonEntry::number).contains(number);
    }

    @Test
    void showsTheVeryNameBeforeOthers() {
        assertThat(find("Nguyễn Văn Ấn", 3).page()).first().extracting(PersonEntry::name).isEqualTo("Nguyễn Văn Ấn");
        List<PersonEntry> plain = find("nguyen van an", 400).page();
        int lastWhole = plain.stream().map(person -> Folded.words(person.name())).toList().lastIndexOf("nguyen van an");
        assertThat(plain.subList(0, lastWhole + 1)).as("then those of which it is a part, as Anh").allMatch(person -> Folded.words(person.name()).equals("nguyen van an"));
        assertThat(plain).extracting(PersonEntry::name).contains("Nguyễn Văn An", "Nguyễn Văn Anh", "Văn Nguyễn Ân");
    }

    @Test
    void showsAddressesInOrderToo() {
        assertThat(find("an.nguyen2", 1).page()).first().extracting(PersonEntry::address).isEqualTo("an.nguyen2@city.example");
        assertThat(find("an.nguyen", 50).page()).hasSizeGreaterThan(20).allMatch(person -> person.address().startsWith("an.nguyen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nguyen khong co ai ten nhu vay", "*", "an)(uid=*", "....", "@@@", "+", "x@", "\0", "0000000000000", "９９９９９９９９"})
    void findsNobodyByWhatNobodyIs(String typed) {
        assertThat(find(typed, 10).page()).as(typed).filteredOn(person -> person.number().startsWith("90")).isEmpty();
    }

    @Test
    void doesNotMindWhatIsEndless() {
        assertThat(find("a ".repeat(100_000), 10).total()).isNotNegative();
        assertThat(find("nguyen".repeat(100_000), 10).total()).isZero();
    }

    @Test
    void findsAllByNothingInVietnameseOrder() {
        Matches all = ROWS.search(new Query("", tree), row -> true, row -> false, 0, 40_000);
        assertThat(all.total()).isEqualTo(31_349);
        List<String> given = all.page().stream().map(PersonEntry::given).distinct().toList();
        assertThat(given).as("Anh before Ân, D before Đ").containsSubsequence("An", "Anh", "Ánh", "Ân", "Ấn", "Bình", "Dung", "Dũng", "Đạt", "Yến");
    }

    @Test
    void givesEachOnceOnSomePage() {
        int total = find("nguyen", 1).total();
        List<String> numbers = Stream.iterate(0, from -> from < total, from -> from + 700).flatMap(from -> ROWS.search(new Query("nguyen", tree), row -> true, row -> false, from, 700).page().stream())
            .map(PersonEntry::number).toList();
        assertThat(numbers).hasSize(total).doesNotHaveDuplicates();
    }

    @Test
    void aPrivatePhoneIsFoundByThoseWhoMaySeeItOnly() {
        assertThat(ROWS.search(new Query("0912345678", tree), row -> true, row -> false, 0, 10).total()).isZero();
        assertThat(ROWS.search(new Query("0912345678", tree), row -> true, row -> true, 0, 10).page()).extracting(PersonEntry::number).containsExactly("9000001");
    }

    @Test
    void keepsItsPromisesOfTimeAndRoom() {
        assertThat(bytes).as("bytes of 31,345 people").isLessThan(60L * 1024 * 1024);
        List<String> typed = List.of("nguyen van an", "Nguyễn Văn An", "an.nguyen", "nguyen", "0243825", "chu tich", "thi thu ha", "");
        typed.forEach(text -> find(text, 20)); // once to warm up
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long begun = thread.getCurrentThreadCpuTime(); // other programs' work is not ours
        for (int i = 0; i < 10; i++) {
            typed.forEach(text -> find(text, 20));
        }
        Duration each = Duration.ofNanos((thread.getCurrentThreadCpuTime() - begun) / (10L * typed.size()));
        System.out.println("31,345 people: " + bytes / 1024 / 1024 + " MB, a search " + each.toNanos() / 1_000 + " µs");
        assertThat(each).as("processor time of a search").isLessThan(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @CsvSource({"Ẩn,Ấn", "An,Án", "Ăn,Ân", "An,Ăn", "Dũng,Đạt", "Án,Anh", "Tú,Tư", "Tự,Vân"})
    void comparesAsDictionariesDo(String first, String second) {
        assertThat(VietnameseOrder.key(first)).isLessThan(VietnameseOrder.key(second));
    }

    private static Matches find(String typed, int size) {
        return ROWS.search(new Query(typed, tree), row -> true, row -> false, 0, size);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Stream<String[]> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream().skip(1)
            .map(line -> Arrays.stream(Objects.requireNonNull(line).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(field -> field.replace("\"", "")).toArray(String[]::new));
    }
}
