package antin.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A screen (Xvfb) and two hands (xdotool): the windows are seen and typed into as a person does, from outside the program. */
final class Desk implements AutoCloseable {

    private final Process screen;
    private final String display;
    private final List<Process> programs = new ArrayList<>();

    Desk() throws Exception {
        for (String program : List.of("Xvfb", "xdotool")) {
            boolean here = Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!here) {
                System.err.println("SKIPPED: " + program + " is not here, and so the windows are NOT TESTED. Run: apt-get install xvfb xdotool");
            }
            assumeTrue(here, program + " is not installed");
        }
        screen = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-noreset", "-nolisten", "tcp").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        display = ":" + Objects.requireNonNull(new BufferedReader(new InputStreamReader(screen.getInputStream(), StandardCharsets.US_ASCII)).readLine());
    }

    /** Starts the program as a browser does, with a policy and a user's folder in {@code folder}. */
    Process start(Path folder, String... arguments) throws IOException {
        return start(display, folder, arguments);
    }

    /** Starts it where the screen that the environment names does not answer. */
    Process startWithoutScreen(Path folder, String... arguments) throws IOException {
        return start(":9999", folder, arguments);
    }

    private Process start(String shown, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=false", "-cp",
            classPath(), "antin.bridge.DeskProgram", folder.resolve("policy.json").toString(), folder.resolve("user").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile());
        builder.environment().put("DISPLAY", shown);
        Process process = builder.start();
        programs.add(process);
        return process;
    }

    /** Starts the packaged program, whose user's folder is {@code folder}/config. */
    Process start(Path folder, Path program, String extension) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), extension).redirectError(folder.resolve("stderr").toFile());
        builder.environment().put("DISPLAY", display);
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        Process process = builder.start();
        programs.add(process);
        return process;
    }

    /** Of this test, for programs that start in another folder. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(part -> Path.of(part).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
    }

    /** The screen's name, as DISPLAY wants it. */
    String display() {
        return display;
    }

    /** Starts another program, away from this screen. */
    void open(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("browser.log").toFile());
        builder.environment().remove("DISPLAY");
        programs.add(builder.start());
    }

    /** What the programs at this desk have started. */
    Stream<ProcessHandle> descendants() {
        return programs.stream().flatMap(Process::descendants);
    }

    /** Waits until a window with these words in its title is seen. */
    void awaitWindow(String title) {
        awaitWindowWithoutRest(title);
        hands("sleep", "0.3"); // until it has the keyboard
    }

    void awaitWindowWithoutRest(String title) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS).until(() -> sees(title));
    }

    boolean sees(String title) {
        return !hands("search", "--onlyvisible", "--name", title).isBlank();
    }

    void type(String text) {
        hands("type", "--delay", "20", text);
    }

    void press(String... keys) {
        for (String key : keys) {
            hands("key", key, "sleep", "0.1");
        }
    }

    private String hands(String... words) {
        List<String> command = new ArrayList<>(List.of("xdotool"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        try {
            Process process = builder.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        descendants().forEach(ProcessHandle::destroyForcibly);
        programs.forEach(Process::destroyForcibly);
        for (Process program : programs) {
            program.waitFor(10, TimeUnit.SECONDS);
        }
        screen.destroy();
        screen.waitFor(10, TimeUnit.SECONDS);
    }
}
