package antin.directory.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Refusal.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatRfc4180Writes() throws Exception {
        List<Entry> entries = read("number,name,title\r\n1,\"Số 1, đường Hòa\",\"a \"\"b\"\"\"\r\n\r\n2,\"hai\ndòng\",\r\n3,,x");
        assertThat(entries).extracting(entry -> entry.text("number").orElse("")).containsExactly("1", "2", "3");
        assertThat(entries).extracting(entry -> entry.text("name").orElse("")).containsExactly("Số 1, đường Hòa", "hai\ndòng", "");
        assertThat(entries).extracting(entry -> entry.text("title").orElse("")).containsExactly("a \"b\"", "", "x");
        assertThat(entries).extracting(Entry::line).containsExactly(2, 4, 6);
        assertThat(entries).extracting(entry -> entry.text("mail")).allMatch(Optional::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff"})
    void readsUtf8WithAndWithoutAByteOrderMark(String mark) throws Exception {
        assertThat(read(mark + "number,name\n1,Ấn Tín\n")).first().extracting(entry -> entry.text("name").orElse("")).isEqualTo("Ấn Tín");
    }

    /** What is typed on some keyboards as letters and marks apart is one spelling here. */
    @Test
    void bringsMarksIntoOneSpelling() throws Exception {
        assertThat(read("number,name\n1,A\u0302\u0301n\n")).first().extracting(entry -> entry.text("name").orElse("")).isEqualTo("Ấn");
    }

    @Test
    void aBadLineTakesNoOtherWithIt() throws Exception {
        List<Entry> entries = read("number,name\n1,\"open\n2,two\n3,th\"ree\n4,\"four\"x\n5,five,six\n6\n7,seven\n");
        assertThat(entries).filteredOn(entry -> entry.problems().isEmpty()).extracting(entry -> entry.text("number").orElse("")).containsExactly("2", "7");
        assertThat(entries).filteredOn(entry -> !entry.problems().isEmpty()).extracting(entry -> entry.problems().getFirst().line()).containsExactly(2, 4, 5, 6, 7);
        assertThat(entries).filteredOn(entry -> !entry.problems().isEmpty()).extracting(entry -> entry.problems().getFirst().column()).containsExactly(2, 2, 2, 3, 2);
    }

    @Test
    void namesLinesThatAreTooLongOrNoText() throws Exception {
        Path file = folder.resolve("x.csv");
        try (var out = Files.newOutputStream(file)) {
            out.write("number,name\n1,".getBytes(StandardCharsets.UTF_8));
            out.write("x".repeat(200_000).getBytes(StandardCharsets.UTF_8));
            out.write(new byte[] {'\n', '2', ',', (byte) 0xc3, '\n', '3', ',', 'c', '\n'});
        }
        List<Entry> entries = entries(file);
        assertThat(entries).extracting(entry -> entry.problems().stream().map(LineProblem::reason).toList()).containsExactly(List.of(Reason.TOO_LONG), List.of(Reason.MALFORMED), List.of());
    }

    @Test
    void refusesColumnsThatNobodyKnows() throws Exception {
        Path file = Files.writeString(folder.resolve("x.csv"), "number,password,name,name\n1,x,y,z\n");
        assertThat(new CsvSource(file).headProblems()).containsExactly(new LineProblem(1, 2, "", "password", Reason.UNKNOWN_WORD), new LineProblem(1, 4, "", "name", Reason.UNKNOWN_WORD));
        assertThat(new CsvSource(Files.writeString(folder.resolve("y.csv"), "name;mail\n")).headProblems()).isNotEmpty();
        assertThat(new CsvSource(Files.writeString(folder.resolve("z.csv"), "")).headProblems()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+cmd", "'quoted", "''", "'", "+84 24 3825 1234", "Nguyễn", "", "-"})
    void whatASpreadsheetWouldComputeComesBackAsItWas(String value) {
        assertThat(Csv.plain(Csv.harmless(value))).isEqualTo(value);
        assertThat(Csv.parse(Csv.line(List.of(Csv.harmless(value), "x")).stripTrailing()).fields()).containsExactly(Csv.harmless(value), "x");
    }

    @Test
    void makesFormulasHarmless() {
        assertThat(Csv.harmless("=1+2")).isEqualTo("'=1+2");
        assertThat(Csv.harmless("+84 24 3825 1234")).as("telephone numbers stay what they are").isEqualTo("+84 24 3825 1234");
    }

    @Test
    void tellsPositionsApartThatHaveSemicolonsInThem() throws Exception {
        Entry entry = read("number,positions,role\n1,so-y-te/2026-01-01//Phó ban; Ủy viên; so-du-lich///Ủy viên,clerk; leader\n").getFirst();
        assertThat(entry.list("positions").orElseThrow()).containsExactly("so-y-te/2026-01-01//Phó ban; Ủy viên", "so-du-lich///Ủy viên");
        assertThat(entry.list("role").orElseThrow()).containsExactly("clerk", "leader");
    }

    private List<Entry> read(String text) throws Exception {
        return entries(Files.writeString(folder.resolve("x.csv"), text));
    }

    private static List<Entry> entries(Path file) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        new CsvSource(file).read(entries::add);
        return entries;
    }
}
