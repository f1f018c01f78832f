package antin.directory.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.UnitEntry;
import antin.directory.administration.TestCity;
import antin.directory.opendj.TestDirectory;
import antin.directory.transfer.Progress.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import is after {@code kill -9}, and after the directory was away: as if nothing had been. */
class ImportKilledTest {

    private static final TestCity CITY = TestCity.shared();
    private static final int PEOPLE = 400;

    @TempDir
    private Path folder;

    @Test
    void goesOnWhereItWasKilledAndEndsAsItWouldHave() throws Exception {
        Path file = folder.resolve("people.csv");
        Files.writeString(file, people(870_000));
        for (int done : new int[] {1, 90, 180, 270}) {
            Process process = done == 1 ? importing(file.toString()) : importing();
            Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> journalled() >= done || !process.isAlive());
            assertThat(process.isAlive()).as("killed in the middle, after " + journalled()).isTrue();
            process.destroyForcibly().onExit().join();
        }
        Process last = importing();
        assertThat(last.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).isZero();

        Imports imports = new Imports(folder.resolve("imports"), CITY.administration, Clock.systemUTC());
        imports.start();
        Progress progress = imports.recent(CITY.city()).getFirst();
        imports.close();
        assertThat(progress.firstProblems()).extracting(problem -> problem.line() + " " + problem.field()).containsExactly("202 mail");
        assertThat(progress).extracting(Progress::state, Progress::lines, Progress::added, Progress::changed, Progress::unchanged, Progress::refused).containsExactly(State.DONE, PEOPLE, PEOPLE - 1, 0, 0, 1);
        CITY.index.read();
        for (int i = 0; i < PEOPLE; i++) {
            assertThat(CITY.register.person(Integer.toString(870_000 + i)).map(PersonEntry::revision)).as("written once").isEqualTo(i == 200 ? Optional.empty() : Optional.of(1L));
        }
        assertThat(CITY.register.unit("nk-870000").flatMap(UnitEntry::head)).hasValue("870007");
    }

    @Test
    void waitsForADirectoryThatIsAwayAndLosesNothing() throws Exception {
        Imports imports = new Imports(folder.resolve("imports"), CITY.administration, Clock.systemUTC());
        imports.start();
        String id = imports.begin(CITY.city(), "people.csv", new ByteArrayInputStream(people(880_000).getBytes(StandardCharsets.UTF_8)), false);
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> imports.progress(id).orElseThrow().done() > 50);
        CITY.server.stopServer();
        Thread.sleep(1_500);
        assertThat(imports.progress(id).orElseThrow().ended()).isEmpty();
        CITY.server.startServer();
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> imports.progress(id).flatMap(Progress::ended).isPresent());
        Progress progress = imports.progress(id).orElseThrow();
        imports.close();
        assertThat(progress).as(progress.toString()).extracting(Progress::state, Progress::added, Progress::unchanged, Progress::refused).containsExactly(State.DONE, PEOPLE - 1, 0, 1);
        assertThat(CITY.register.person("880399")).isPresent();
    }

    @Test
    void failsWithAReasonWhereTheDirectoryStaysAwayAndKeepsWhatWasDone() throws Exception {
        Imports imports = new Imports(folder.resolve("imports"), CITY.administration, Clock.systemUTC(), Duration.ofSeconds(3));
        imports.start();
        String id = imports.begin(CITY.city(), "people.csv", new ByteArrayInputStream(people(890_000).getBytes(StandardCharsets.UTF_8)), false);
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> imports.progress(id).orElseThrow().done() > 50);
        CITY.server.stopServer();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> imports.progress(id).flatMap(Progress::ended).isPresent());
        CITY.server.startServer();
        Progress failed = imports.progress(id).orElseThrow();
        assertThat(failed).extracting(Progress::state, Progress::failure).containsExactly(State.FAILED, Optional.of(Progress.Failure.DIRECTORY_AWAY));
        assertThat(failed.done()).isLessThan(PEOPLE).isEqualTo(failed.added() + failed.refused());
        CITY.index.read();
        String again = imports.begin(CITY.city(), "people.csv", new ByteArrayInputStream(people(890_000).getBytes(StandardCharsets.UTF_8)), false);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> imports.progress(again).flatMap(Progress::ended).isPresent());
        Progress second = imports.progress(again).orElseThrow();
        imports.close();
        assertThat(second.added() + second.unchanged()).isEqualTo(PEOPLE - 1);
        assertThat(second.unchanged()).as("what was done is done").isGreaterThanOrEqualTo(failed.added());
    }

    /** One of them has the address of another; one leads the unit. */
    private static String people(int first) {
        String unit = "nk-" + first;
        if (CITY.index.tree().entry(unit).isEmpty()) {
            CITY.found(unit, "district", "quan-hoa-binh");
        }
        StringBuilder csv = new StringBuilder("number,name,mail,unit,role,head-of\n");
        for (int i = 0; i < PEOPLE; i++) {
            csv.append(first + i).append(",Nguyễn Văn Lần ").append(i).append(",lan").append(first + (i == 200 ? 0 : i)).append("@city.example,").append(unit).append(",staff,").append(i == 7 ? unit : "").append('\n');
        }
        return csv.toString();
    }

    private Process importing(String... file) throws IOException {
        TestDirectory server = CITY.server;
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), ImportingProcess.class.getName(),
            Integer.toString(server.ldapsPort()), server.rootFile().toString(), server.internalFolder().toString(), folder.toString()));
        command.addAll(List.of(file));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile())).start();
    }

    private long journalled() throws IOException {
        try (Stream<Path> files = Files.exists(folder.resolve("imports")) ? Files.walk(folder.resolve("imports")) : Stream.empty()) {
            Path journal = files.filter(file -> file.endsWith("journal")).findFirst().orElse(null);
            return journal == null ? 0 : Files.readString(journal).lines().count();
        }
    }
}
