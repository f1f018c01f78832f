package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator imports a district while the machine loses its processes. Nothing is lost, nothing comes twice, and bad lines stand aside. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class ImportSurvivesKillTest {

    private static final int UNITS = 30;
    private static final int PEOPLE = 1_500;
    private static final int FIRST = 2_000_000;

    @Test
    void goesOnWhereItWas(Antin antin, @TempDir Path folder) throws Exception {
        Path units = Files.write(folder.resolve("units.csv"), units());
        Path people = Files.write(folder.resolve("people.csv"), people());
        Ldap ldap = new Ldap(antin, folder);
        Tool.Result result;
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Tool.Result> importing = threads.submit(() -> antin.run("admin", "import", units.toString(), people.toString()));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> importing.isDone() || isThere(ldap, FIRST + 100));
            assertThat(importing.isDone()).as("killed in the middle").isFalse();
            for (String process : List.of("backbone", "directory")) {
                antin.kill(process);
            }
            antin.up();
            result = importing.get();
        }

        assertThat(result.output()).contains("people.csv").contains("refused 1");
        assertThat(result.exit()).as("a line was refused").isEqualTo(1);
        String report = Files.readString(Path.of(line(result.output(), "why, by line and column:")));
        assertThat(report).contains("mail").contains("taken");
        assertThat(Files.readString(Path.of(line(result.output(), "the lines, to be mended:")))).contains("an.nguyen@city.example");
        assertThat(IntStream.iterate(0, i -> i < PEOPLE, i -> i + 50)).allMatch(i -> isThere(ldap, FIRST + i));

        Tool.Result again = antin.run("admin", "import", units.toString(), people.toString());
        assertThat(again.output()).contains("added 0, changed 0, unchanged " + (UNITS + 1) + ", refused 0").contains("added 0, changed 0, unchanged " + PEOPLE + ", refused 1");
    }

    private static boolean isThere(Ldap ldap, int number) {
        try {
            return ldap.asManager("(uid=" + number + ")", "uid").output().contains("uid: " + number);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String line(String output, String label) {
        return output.lines().filter(line -> line.contains(label)).map(line -> line.substring(line.indexOf(label) + label.length()).strip()).findFirst().orElseThrow();
    }

    private static List<String> units() {
        List<String> lines = new ArrayList<>(List.of("id,name,level,parent", "quan-moi,Ủy ban nhân dân quận Mới,district,ubnd-tp"));
        IntStream.range(0, UNITS).forEach(i -> lines.add("doi-" + i + ",\"Đội công tác số " + i + ", quận Mới\",commune,quan-moi"));
        return lines;
    }

    /** The last one asks for an address that somebody has. */
    private static List<String> people() {
        List<String> lines = new ArrayList<>(List.of("number,name,family-name,given-name,mail,unit,title"));
        IntStream.range(0, PEOPLE).forEach(i -> lines.add((FIRST + i) + ",Đặng Thị Số " + i + ",Đặng," + i + ",so" + i + ".dang@city.example,doi-" + i % UNITS + ",Chuyên viên"));
        lines.add((FIRST + PEOPLE) + ",Nguyễn Văn An,Nguyễn,An,an.nguyen@city.example,doi-0,Chuyên viên");
        return lines;
    }
}
