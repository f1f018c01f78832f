package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program that is not ours, run to its end. */
final class Tool {

    /** What it ended with and printed, standard output and error together. */
    record Result(int exit, String output) {

        Result succeeds() {
            assertThat(exit).as(output).isZero();
            return this;
        }

        /** The output without the line end. */
        String text() {
            return output.strip();
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Tool() {
    }

    static Result run(String... command) {
        return run(Map.of(), "", command);
    }

    /** {@code input} goes to its standard input; an environment value of "" removes the name. */
    static Result run(Map<String, String> environment, String input, String... command) {
        Path output = null;
        try {
            output = Files.createTempFile("tool", ".out");
            ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile());
            Map<String, String> wanted = new HashMap<>(environment);
            wanted.forEach((name, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // the program ended without reading all of it; its exit code tells
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end: " + Files.readString(output));
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Assumptions.abort(command[0] + " is not installed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            delete(output);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
