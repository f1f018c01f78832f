package antin.directory.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import antin.directory.Body;
import antin.directory.Position;
import antin.directory.Role;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedCityTest {

    private static final List<String> FILES = List.of("units.csv", "people.csv", "city.ldif");
    @TempDir
    private static Path folder;

    @BeforeAll
    static void generate() throws IOException {
        new GeneratedCity(2026, "dc=city,dc=example", "city.example").write(folder.resolve("first"));
    }

    @Test
    void givesTheSameBytesForTheSameSeedWhateverTheLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab")); // where i is not I, and digits are others
            new GeneratedCity(2026, "dc=city,dc=example", "city.example").write(folder.resolve("again"));
        } finally {
            Locale.setDefault(before);
        }
        new GeneratedCity(2027, "dc=city,dc=example", "city.example").write(folder.resolve("other"));
        for (String file : FILES) {
            assertThat(sha256("again", file)).as(file).isEqualTo(sha256("first", file)).isNotEqualTo(sha256("other", file));
        }
    }

    /** Benchmarks compare figures of years: whoever changes the city changes these knowingly. */
    @ParameterizedTest
    @CsvSource({"units.csv,77846b41ed471beec442cfb4018a41fe9c7dc9e0b49e73d3a5511723feb3d126", "people.csv,f2887d65fc58e0155084949f3905d453d73f8983b2fc11ff1b8a68c2a3fd949f", "city.ldif,a0458a69a73bd9506b3685a5517ff26835b6464211e283185ea8bf2e7b68181c"})
    void isTheCityThatFiguresWereTakenOn(String file, String sha256) throws Exception {
        assertThat(sha256("first", file)).isEqualTo(sha256);
    }

    @Test
    void hasTheAgenciesOfTheExistingSystem() throws IOException {
        List<String[]> units = rows("units.csv");
        assertThat(units).hasSize(633);
        assertThat(units.stream().collect(Collectors.groupingBy(unit -> unit[2], Collectors.counting()))).isEqualTo(Map.of("city", 24L, "district", 30L, "commune", 579L));
        assertThat(units).extracting(unit -> unit[0]).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
        assertThat(units).extracting(unit -> unit[6]).doesNotHaveDuplicates().allMatch(id -> id.length() == 13);
        assertThat(units.stream().map(unit -> Body.of(unit[4]).orElseThrow()).collect(Collectors.toSet())).containsExactlyInAnyOrder(Body.values());
        Set<String> above = new HashSet<>(Set.of(""));
        assertThat(units).as("units above come first").allMatch(unit -> above.contains(unit[3]) && above.add(unit[0]));
    }

    @Test
    void hasPeopleWithNumbersAndAddressesOfTheirOwn() throws IOException {
        List<String[]> people = rows("people.csv");
        assertThat(people).hasSize(31_345);
        assertThat(people).extracting(person -> person[0]).doesNotHaveDuplicates();
        assertThat(people).extracting(person -> person[5]).doesNotHaveDuplicates().contains("an.nguyen2@city.example", "an.nguyen3@city.example")
            .allMatch(mail -> mail.matches("[a-z]+\\.[a-z]+[0-9]*@city\\.example"));
        Set<String> units = rows("units.csv").stream().map(unit -> unit[0]).collect(Collectors.toSet());
        assertThat(people.stream().map(person -> person[6]).collect(Collectors.toSet())).as("nobody elsewhere, no unit without people").isEqualTo(units);
        assertThat(people.stream().filter(person -> person[9].equals(Role.LEADER.word()))).as("one head each").hasSize(633);
        assertThat(people.stream().map(person -> person[13]).filter(unit -> !unit.isEmpty())).as("each agency has a head").containsExactlyInAnyOrderElementsOf(units);
        assertThat(people).filteredOn(person -> !person[13].isEmpty()).allMatch(person -> person[13].equals(person[6]));
        assertThat(people.stream().map(person -> person[12]).filter(text -> !text.isEmpty())).hasSizeBetween(600, 1_300).allMatch(text -> Position.parse(text).isPresent());
    }

    /** One can be imported where the other is. */
    @Test
    void hasNoUnitAndNoAddressOfTheSampleCity() throws IOException {
        assertThat(rows("units.csv")).extracting(unit -> unit[0]).doesNotContain("ubnd-tp", "van-phong", "so-noi-vu", "so-tai-chinh", "so-khcn", "thanh-tra", "quan-hoa-binh", "huyen-an-khanh",
            "phuong-tan-an", "phuong-phuc-loi", "xa-long-son", "xa-binh-minh");
        assertThat(rows("people.csv")).extracting(person -> person[5].substring(0, person[5].indexOf('@'))).doesNotContain("an.nguyen", "binh.tran", "cuong.le", "duong.pham", "duc.hoang",
            "huong.vu", "khai.dang", "lan.bui", "manh.do", "ngan.ngo", "phuc.duong", "quynh.ly", "son.dinh", "thuy.mai");
    }

    @Test
    void namesPeopleAsTheyAreNamed() throws IOException {
        List<String[]> people = rows("people.csv");
        Map<String, Long> families = people.stream().collect(Collectors.groupingBy(person -> person[2], Collectors.counting()));
        assertThat(families.get("Nguyễn")).isBetween(10_500L, 12_500L); // 36 to 37 in a hundred
        assertThat(families.get("Trần")).isGreaterThan(families.get("Lê"));
        assertThat(people.stream().map(person -> person[1]).collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).size()).as("different names").isGreaterThan(8_000);
        assertThat(people).allMatch(person -> person[1].equals(person[2] + ' ' + person[3] + ' ' + person[4]));
    }

    @Test
    void writesLdifThatAnLdapServerReadsInOrder() throws Exception {
        Set<String> there = new HashSet<>(Set.of("ou=units,dc=city,dc=example", "ou=people,dc=city,dc=example"));
        try (LDIFReader reader = new LDIFReader(folder.resolve("first/city.ldif").toFile())) {
            for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                if (!there.contains(entry.getParentDNString()) || !there.add(entry.getDN())) {
                    assertThat(entry.getDN()).isEqualTo("new, and below an entry that is there");
                }
            }
        }
        assertThat(there).hasSize(2 + 633 + 31_345);
    }

    @Test
    void quotesWhatCsvWouldTakeApart() {
        assertThat(Csv.line(List.of("Số 1, đường Hòa", "a\"b", "x\ny", "plain"))).isEqualTo("\"Số 1, đường Hòa\",\"a\"\"b\",\"x\ny\",plain\r\n");
    }

    @ParameterizedTest
    @CsvSource({"--seed,x", "--seed,", "--folder,x"})
    void refusesArgumentsThatDoNotFit(String name, String value) {
        String[] arguments = value == null ? new String[] {name} : new String[] {"--out", "x", name, value};
        assertThatIllegalArgumentException().isThrownBy(() -> GeneratorArguments.parse(arguments));
    }

    /** No field of these holds a quote; a quoted one holds a comma. */
    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve("first").resolve(file)).stream().skip(1)
            .map(line -> Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(field -> field.replace("\"", "")).toArray(String[]::new)).toList();
    }

    private static String sha256(String run, String file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(run).resolve(file))));
    }
}
