package antin.signing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each entry over its seeds, what was found before, and the same changed octets each time; by {@code ./antin soak fuzz} under Jazzer. */
class FuzzTest {

    private static final Path FOUND_BEFORE = Path.of("src/test/resources/antin/signing/fuzz");
    private static final Path FOUND_NOW = Path.of("target/fuzz");
    private static final int MUTATIONS = 40;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void answersOrRefuses(Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds.get());
        Mutations mutations = new Mutations(target.ordinal(), List.copyOf(inputs));
        for (int i = 0; i < MUTATIONS; i++) {
            inputs.add(mutations.next());
        }
        inputs.add(new byte[0]);
        inputs.addAll(foundBefore(target));
        List<String> findings = new ArrayList<>();
        for (byte[] input : inputs) {
            try {
                target.input.accept(input);
            } catch (RuntimeException | Error e) {
                Path kept = FOUND_NOW.resolve(target.folder()).resolve("input-" + findings.size());
                Files.createDirectories(kept.getParent());
                Files.write(kept, input);
                findings.add(e + ": " + kept);
            }
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "antin.soak", matches = "fuzz")
    void withstandsJazzer(Target target) throws IOException, InterruptedException {
        if (target.name().matches(System.getProperty("antin.fuzz.target", ".*"))) {
            List<Path> findings = new JazzerProcess(target).run(Integer.getInteger("antin.fuzz.seconds", 600));
            assertThat(findings).isEmpty();
        }
    }

    private static List<byte[]> foundBefore(Target target) throws IOException {
        Path folder = FOUND_BEFORE.resolve(target.folder());
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<byte[]> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                found.add(Files.readAllBytes(file));
            }
        }
        return found;
    }
}
