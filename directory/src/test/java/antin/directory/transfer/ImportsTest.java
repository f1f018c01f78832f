package antin.directory.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import antin.directory.PersonEntry;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.administration.TestCity;
import antin.directory.generator.GeneratedCity;
import antin.directory.rights.Actor;
import antin.directory.transfer.Progress.State;
import antin.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {

    private static final TestCity CITY = TestCity.shared();
    private static final String HEAD = "number,name,family-name,given-name,mail,further-mail,unit,title,phone,mobile,role,status,language,positions,head-of\n";

    @TempDir
    private Path folder;
    private Imports imports = new Imports(Path.of("unused"), CITY.administration, Clock.systemUTC());

    @BeforeEach
    void start() {
        imports = new Imports(folder.resolve("imports"), CITY.administration, Clock.systemUTC(), Duration.ofMinutes(2));
        imports.start();
    }

    @AfterEach
    void stop() {
        imports.close();
    }

    @Test
    void takesWhatIsGoodAndSetsAsideWhatIsNot() throws Exception {
        String good = "810001,Nguyễn Văn Tốt,Nguyễn,Tốt,tot.nguyen@city.example,,so-tai-chinh,Chuyên viên,024 1,,staff,active,vi,,\n";
        List<String> bad = List.of("810002,Nguyễn Văn \u0007Chuông,Nguyễn,Chuông,chuong@city.example,,so-tai-chinh,,,,,,,,\n", "810003,Nguyễn Văn Ba,Nguyễn,Ba,ba@elsewhere.example,,so-tai-chinh,,,,,,,,\n",
            "810004,Nguyễn Văn Tư,Nguyễn,Tư,tot.nguyen@city.example,,so-tai-chinh,,,,,,,,\n", "810001,Trùng Số,Trùng,Số,trung@city.example,,so-tai-chinh,,,,,,,,\n",
            "810005,Lê Năm,Lê,Năm,nam@city.example,,no-such-unit,,,,,,,,\n", "810006,Lê Sáu,Lê,Sáu,sau@city.example,,so-tai-chinh,,,,king,,,,\n",
            "810007,Lê Bảy,Lê,Bảy,bay@city.example,,so-tai-chinh,,,,,,,so-y-te/2026-12-31/2026-01-01/Ủy viên,\n", "81000x,Lê Tám,Lê,Tám,not an address,,so-tai-chinh,,call me,,,,fr,,\n",
            "810009,\"Lê Chín\n", "810010,Lê Mười,Lê,Mười,muoi@city.example,,so-tai-chinh,,,,,,,,so-noi-vu\n");
        Progress progress = run(CITY.city(), "people.csv", HEAD + good + String.join("", bad), false);
        assertThat(progress).extracting(Progress::state, Progress::lines, Progress::done, Progress::added, Progress::refused).containsExactly(State.DONE, 11, 11, 1, 10);
        assertThat(progress.firstProblems()).extracting(problem -> problem.line() + " " + problem.column() + " " + problem.field() + " " + problem.reason()).containsExactly("3 2 name CONTROL_CHARACTER",
            "4 5 mail NOT_OURS", "5 5 mail TAKEN", "6 1 number EXISTS", "7 7 unit UNKNOWN_UNIT", "8 11 role UNKNOWN_WORD", "9 14 positions DATES_CROSS", "10 1 number NOT_A_NUMBER",
            "10 5 mail NOT_AN_ADDRESS", "10 9 phone NOT_A_PHONE", "10 13 language NOT_A_LANGUAGE", "11 2 name MALFORMED", "12 15 head-of NOT_A_MEMBER");
        assertThat(Files.readString(imports.setAside(CITY.city(), progress.id()).orElseThrow())).isEqualTo(HEAD + String.join("", bad));
        String report = Files.readString(imports.report(CITY.city(), progress.id()).orElseThrow());
        assertThat(report.lines()).hasSize(14).contains("4,5,mail,ba@elsewhere.example,not-ours,Địa chỉ không thuộc tên miền nào của thành phố.,The address is in no domain of the city.");
        assertThat(CITY.register.person("810001")).map(PersonEntry::name).hasValue("Nguyễn Văn Tốt");
        assertThat(CITY.audited()).filteredOn(line -> line.contains(progress.id())).hasSize(2).last().asString().contains("\"done\"", "\"x-added\":\"1\"", "\"x-refused\":\"10\"", "x-sha256");
        assertThat(imports.report(CITY.actor("huong.vu"), progress.id())).as("nobody else reads it").isEmpty();
        assertThat(imports.recent(CITY.actor("huong.vu"))).isEmpty();
        assertThat(imports.recent(CITY.city())).first().isEqualTo(progress);

        String mended = Files.readString(imports.setAside(CITY.city(), progress.id()).orElseThrow()).replace("\u0007", "").replace("ba@elsewhere", "ba@city");
        assertThat(run(CITY.city(), "mended.csv", mended.lines().limit(3).collect(Collectors.joining("\n", "", "\n")), false)).extracting(Progress::added, Progress::refused).containsExactly(2, 0);
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() throws Exception {
        String text = HEAD + "820001,Lê Một,Lê,Một,mot820@city.example,,so-tai-chinh,,,,staff,,,,\n820002,Lê Hai,Lê,Hai,mot820@city.example,,so-tai-chinh,,,,,,,,\n"
            + "820003,Lê Ba,Lê,Ba,ba820@city.example,,so-tai-chinh,,,,city-administrator,,,,\n100006,Vũ Thị Hương,Vũ,Hương,chutich@city.example,,so-noi-vu,,,,staff,,,,\n";
        Progress dry = run(CITY.actor("cuong.le"), "people.csv", text, true);
        assertThat(CITY.register.person("820001")).isEmpty();
        assertThat(CITY.register.person("100006").orElseThrow().address()).isEqualTo("huong.vu@city.example");
        Progress real = run(CITY.actor("cuong.le"), "people.csv", text, false);
        assertThat(dry.firstProblems()).isEqualTo(real.firstProblems()).extracting(problem -> problem.line() + " " + problem.field() + " " + problem.reason()).containsExactly("3 mail TAKEN", "5 mail TAKEN");
        assertThat(dry).extracting(Progress::added, Progress::changed, Progress::refused).containsExactly(real.added(), real.changed(), real.refused());
        assertThat(Files.readAllBytes(imports.report(CITY.city(), dry.id()).orElseThrow())).isEqualTo(Files.readAllBytes(imports.report(CITY.city(), real.id()).orElseThrow()));
    }

    @Test
    void theRightsOfWhoImportsHoldForEveryLine() throws Exception {
        Actor commune = CITY.actor("son.dinh");
        String text = HEAD + "830001,Lê Một,Lê,Một,mot830@city.example,,xa-long-son,,,,staff,,,,\n830002,Lê Hai,Lê,Hai,hai830@city.example,,xa-binh-minh,,,,staff,,,,\n"
            + "830003,Lê Ba,Lê,Ba,ba830@city.example,,xa-long-son,,,,district-administrator,,,,\n100014,Mai Thị Kẻ Gian,Mai,Gian,thuy.mai@city.example,,xa-binh-minh,,,,clerk,,,,\n"
            + "100013,Đinh Công Sơn,Đinh,Sơn,son.dinh@city.example,,xa-long-son,Vua,,,city-administrator,,,,\n";
        Progress progress = run(commune, "people.csv", text, false);
        assertThat(progress).extracting(Progress::added, Progress::changed, Progress::refused).containsExactly(1, 0, 4);
        assertThat(progress.firstProblems()).allMatch(problem -> problem.reason() == Reason.NOT_ALLOWED);
        assertThat(CITY.register.person("100014").orElseThrow().name()).isEqualTo("Mai Thị Thu Thủy");
        for (String local : List.of("duong.pham", "an.nguyen", "huong.vu", "binh.tran")) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> imports.begin(CITY.actor(local), "people.csv", new ByteArrayInputStream(new byte[0]), true))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_ALLOWED));
        }
        StringWriter csv = new StringWriter();
        Exports exports = new Exports(CITY.administration, "dc=city,dc=example");
        exports.people(commune, Optional.empty(), csv);
        assertThat(csv.toString().lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",xa-long-son,"));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> exports.people(commune, Optional.of("xa-binh-minh"), csv));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> exports.ldif(CITY.actor("huong.vu"), Optional.empty(), csv));
    }

    @Test
    void unitsComeFromTheTopInWhateverOrderTheyStand() throws Exception {
        String text = "id,name,level,parent,body,kind,organization-id,address\nnk-3,Ba,commune,nk-2,government,office,,\nnk-2,Hai,district,nk-1,party,,,\"Số 1, đường A\"\nnk-1,Một,city,ubnd-tp,,,000.99.01.H29,\n"
            + "nk-v1,Vòng,district,nk-v2,,,,\nnk-v2,Vòng,district,nk-v1,,,,\nnk-v3,Treo,district,nk-v1,,,,\nnk-4,Bốn,city,nk-2,,,,\nnk-5,Năm,district,nowhere,,,,\nnk-1,Một nữa,city,,,,,\nnk-6,Sáu,district,nk-1,church,,000.99.01.H29,\n";
        Progress progress = run(CITY.city(), "units.csv", text, false);
        assertThat(progress).extracting(Progress::lines, Progress::added, Progress::refused).containsExactly(10, 3, 7);
        assertThat(progress.firstProblems()).extracting(problem -> problem.line() + " " + problem.column() + " " + problem.field() + " " + problem.reason()).containsExactly("5 4 parent BELOW_ITSELF",
            "6 4 parent BELOW_ITSELF", "7 4 parent UNKNOWN_UNIT", "8 3 level WRONG_LEVEL", "9 4 parent UNKNOWN_UNIT", "10 1 id EXISTS", "11 5 body UNKNOWN_WORD");
        assertThat(CITY.administration.units().path("nk-3")).extracting(UnitEntry::id).containsExactly("ubnd-tp", "nk-1", "nk-2", "nk-3");
        assertThat(run(CITY.city(), "units.csv", text, false)).extracting(Progress::added, Progress::changed, Progress::unchanged, Progress::refused).containsExactly(0, 0, 3, 7);
    }

    /** What one record of a file gives up another may take, and heads may hand over, wherever they stand. */
    @Test
    void recordsOfAFileMakeRoomForEachOther() throws Exception {
        String before = HEAD + "840001,Lê Một,Lê,Một,mot840@city.example,,xa-long-son,,,,leader,,,,\n840002,Lê Hai,Lê,Hai,hai840@city.example,,xa-long-son,,,,leader,,,,\n";
        assertThat(run(CITY.city(), "people.csv", before, false).added()).isEqualTo(2);
        assertThat(run(CITY.city(), "unit.csv", "id,name,level,parent\nnk-to,Tổ,commune,xa-long-son\n", false).added()).isEqualTo(1);
        String heads = HEAD + "840001,Lê Một,Lê,Một,mot840@city.example,,nk-to,,,,leader,,,,nk-to\n840002,Lê Hai,Lê,Hai,hai840@city.example,,nk-to,,,,leader,,,,\n";
        assertThat(run(CITY.city(), "people.csv", heads, false)).extracting(Progress::changed, Progress::refused).containsExactly(2, 0);
        assertThat(CITY.register.unit("nk-to").flatMap(UnitEntry::head)).hasValue("840001");
        String swapped = HEAD + "840002,Lê Hai,Lê,Hai,mot840@city.example,,nk-to,,,,leader,,,,nk-to\n840001,Lê Một,Lê,Một,khac840@city.example,,nk-to,,,,leader,,,,\n";
        Progress progress = run(CITY.city(), "people.csv", swapped, false);
        assertThat(progress).as(progress.toString()).extracting(Progress::changed, Progress::refused).containsExactly(2, 0);
        assertThat(CITY.register.unit("nk-to").flatMap(UnitEntry::head)).hasValue("840002");
        assertThat(CITY.register.person("840002").orElseThrow().address()).isEqualTo("mot840@city.example");
        assertThat(run(CITY.city(), "people.csv", HEAD + "840003,Lê Ba,Lê,Ba,ba840@city.example,,nk-to,,,,,,,,nk-to\n", false).firstProblems()).extracting(LineProblem::reason).containsExactly(Reason.TWO_HEADS);
        assertThat(CITY.register.person("840003")).as("a record is taken as a whole").isEmpty();
    }

    @Test
    void headsOfLdifMayComeLater() throws Exception {
        String ldif = "version: 1\n\ndn: ou=nk-ldif,ou=ubnd-tp,ou=units,dc=city,dc=example\nobjectClass: organizationalUnit\nobjectClass: antinAgency\nou: nk-ldif\ndisplayName: Sở LDIF\nantinLevel: city\n"
            + "antinHead: uid=850001,ou=people,dc=city,dc=example\n\ndn: uid=850001,ou=people,dc=city,dc=example\nobjectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: 850001\ncn: Lê Đầu\nsn: Lê\nmail: dau850@city.example\n"
            + "antinUnit: nk-ldif\nantinRole: leader\nantinStatus: active\n\ndn: uid=850002,ou=people,dc=city,dc=example\nobjectClass: antinStaff\nuid: 850002\ncn: Lê Mật Khẩu\nsn: Lê\nmail: mk850@city.example\nantinUnit: nk-ldif\n"
            + "userPassword: secret\n\n";
        assertThat(run(CITY.city(), "city.ldif", ldif, true)).extracting(Progress::added, Progress::refused).containsExactly(2, 1);
        Progress progress = run(CITY.city(), "city.ldif", ldif, false);
        assertThat(progress).extracting(Progress::lines, Progress::added, Progress::refused).containsExactly(3, 2, 1);
        assertThat(CITY.register.unit("nk-ldif").flatMap(UnitEntry::head)).hasValue("850001");
        String aside = Files.readString(imports.setAside(CITY.city(), progress.id()).orElseThrow());
        assertThat(aside).startsWith("version: 1\n").contains("uid=850002").doesNotContain("uid=850001,ou=people,dc=city,dc=example\nobjectClass");
        assertThat(run(CITY.city(), "city.ldif", ldif, false)).extracting(Progress::added, Progress::changed, Progress::unchanged).containsExactly(0, 0, 2);
    }

    @Test
    void whatIsExportedAndImportedChangesNothing() throws Exception {
        run(CITY.city(), "people.csv", HEAD + "860001,\"=Lê \"\"Một\"\", x\",=Lê,x,mot860@city.example,mot@xa-long-son.city.example; m860@city.example,xa-long-son,'@SUM; -1,+84 24 1,0912 3,staff; clerk,disabled,en,"
            + "so-noi-vu/2026-01-01//Phó ban; Ủy viên; so-tai-chinh///Ủy viên,\n", false);
        assertThat(CITY.register.person("860001").orElseThrow()).extracting(PersonEntry::name, PersonEntry::title).containsExactly("=Lê \"Một\", x", "@SUM; -1");
        Exports exports = new Exports(CITY.administration, "dc=city,dc=example");
        StringWriter units = new StringWriter();
        StringWriter people = new StringWriter();
        StringWriter ldif = new StringWriter();
        exports.units(CITY.city(), Optional.empty(), units);
        exports.people(CITY.city(), Optional.empty(), people);
        exports.ldif(CITY.city(), Optional.empty(), ldif);
        assertThat(people.toString()).contains("'=Lê");
        for (String[] file : new String[][] {{"units.csv", units.toString()}, {"people.csv", people.toString()}, {"all.ldif", ldif.toString()}}) {
            Progress progress = run(CITY.city(), file[0], file[1], false);
            assertThat(progress).as(progress.toString()).extracting(Progress::added, Progress::changed, Progress::refused).containsExactly(0, 0, 0);
            assertThat(progress.unchanged()).isEqualTo(progress.lines()).isGreaterThan(10);
        }
    }

    @Test
    void generatedPeopleComeInAndASecondTimeChangesNothing() throws Exception {
        new GeneratedCity(2026, "dc=city,dc=example", "city.example").write(folder.resolve("city"));
        String units = Files.readAllLines(folder.resolve("city/units.csv")).stream().limit(30).collect(Collectors.joining("\r\n", "", "\r\n"));
        String people = Files.readAllLines(folder.resolve("city/people.csv")).stream().filter(line -> line.contains(",vi,,") || line.startsWith("number")).limit(301).collect(Collectors.joining("\r\n", "", "\r\n"));
        for (String[] file : new String[][] {{"units.csv", units}, {"people.csv", people}}) {
            Progress first = run(CITY.city(), file[0], file[1], false);
            assertThat(first).as(first.toString()).extracting(Progress::added, Progress::refused).containsExactly(first.lines(), 0);
            long revisions = revisions();
            assertThat(run(CITY.city(), file[0], file[1], false)).extracting(Progress::unchanged, Progress::changed, Progress::added).containsExactly(first.lines(), 0, 0);
            assertThat(revisions()).as("nothing is written").isEqualTo(revisions);
        }
        assertThat(CITY.register.unit("thanh-pho").flatMap(UnitEntry::head)).hasValue("1000001");
        assertThat(CITY.register.person("1000001").orElseThrow().roles()).containsExactly(Role.LEADER);
    }

    @Test
    void aFileThatIsNoneOfOursFailsWithItsReason() throws Exception {
        for (String text : List.of("", "a,b\n1,2\n", "number;name\n1;2\n", "\0\0\0\n")) {
            assertThat(run(CITY.city(), "x.csv", text, false)).extracting(Progress::state, Progress::failure).containsExactly(State.FAILED, Optional.of(Progress.Failure.NOT_READABLE));
        }
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> imports.begin(CITY.city(), "x.csv", endless(), false)).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LARGE));
        try (var left = Files.list(folder.resolve("imports"))) {
            assertThat(left).hasSize(4);
        }
    }

    private static long revisions() {
        long[] sum = {0};
        CITY.register.people(person -> sum[0] += person.revision());
        CITY.register.units().forEach(unit -> sum[0] += unit.revision());
        return sum[0];
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                Arrays.fill(bytes, from, from + length, (byte) 'x');
                return length;
            }
        };
    }

    private Progress run(Actor actor, String name, String text, boolean dryRun) throws IOException {
        String id = imports.begin(actor, name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), dryRun);
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> imports.progress(id).flatMap(Progress::ended).isPresent());
        return imports.progress(id).orElseThrow();
    }
}
