package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} without {@code --detach}, as somebody at a terminal uses it. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class ForegroundTest {

    @Test
    void reportsAProcessThatDiesAndStopsAllInReverseOrderOnCtrlC(Antin antin, @TempDir Path folder) throws Exception {
        antin.run("down").succeeds();
        Path output = folder.resolve("output");
        // a terminal's signals, even where the tests themselves run in the background of a script and ignore them
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", System.getProperty("antin.command", "../antin"), "up")
            .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("ANTIN_HOME", antin.home().toString(), "ANTIN_BUILD", "off"));
        Process up = builder.start();
        try {
            awaitText(output, "Ctrl-C stops everything.");

            String pid = Files.readString(antin.home().resolve("run/mail-server.pid")).split(" ", -1)[0];
            Tool.run("kill", "-9", pid).succeeds();
            awaitText(output, "mail-server died. Its last lines:");
            awaitText(output, antin.home().resolve("log/mail-server.log").toString());
            assertThat(antin.run("status").exit()).isEqualTo(1);

            Tool.run("kill", "-INT", Long.toString(up.pid())).succeeds();
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            List<String> stops = Files.readAllLines(output).stream().filter(line -> line.startsWith("  stop ")).toList();
            assertThat(stops).extracting(line -> line.replaceAll(" +[0-9.]+ s$", "").strip()).containsExactly("stop signing-service",
                "stop backbone (login, pages)", "stop ca (certificates), directory (OpenDJ)", "stop PostgreSQL");
        } finally {
            up.destroy();
            up.waitFor();
            antin.up();
        }
    }

    private static void awaitText(Path file, String text) {
        await().atMost(Duration.ofSeconds(90)).until(() -> read(file).contains(text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
