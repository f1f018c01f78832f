package antin.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertThat(texts("vi").stringPropertyNames()).isEqualTo(texts("en").stringPropertyNames());
    }

    @Test
    void everyReasonHasItsTexts() throws IOException {
        Set<String> reasons = Arrays.stream(Reason.values()).map(reason -> "reason." + reason.word()).collect(Collectors.toSet());
        assertThat(texts("vi").stringPropertyNames().stream().filter(key -> key.startsWith("reason."))).containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void everyTextIsUsed() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).map(TextsTest::read).collect(Collectors.joining());
        }
        assertThat(texts("vi").stringPropertyNames().stream().filter(key -> !key.startsWith("reason.") && !key.startsWith("act."))).allSatisfy(key -> assertThat(sources).contains('"' + key + '"'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(Objects.requireNonNull(TextsTest.class.getResourceAsStream("/antin/bridge/texts_" + language + ".properties")), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
