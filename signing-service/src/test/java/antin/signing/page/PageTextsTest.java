package antin.signing.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTextsTest {

    private static final Set<String> OF_ENUMS = Set.of("report.verdict.", "report.signature.", "report.covers.", "report.content.");
    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void areThereInBothLanguagesAndUsed() throws IOException {
        for (String bundle : List.of("page", "report")) {
            Set<String> keys = new TreeSet<>(texts(bundle, "messages").stringPropertyNames());
            assertThat(new TreeSet<>(texts(bundle, "messages_en").stringPropertyNames())).as(bundle).isEqualTo(keys).isNotEmpty();
            String users = sources();
            assertThat(keys).allMatch(key -> users.contains(key) || isPutTogether(key, users), "is used");
        }
    }

    @Test
    void quoteNoApostropheThatTheFormatWouldSwallow() throws IOException {
        for (String bundle : List.of("page", "report")) {
            assertThat(texts(bundle, "messages").values()).noneMatch(text -> text.toString().contains("'"));
            assertThat(texts(bundle, "messages_en").values()).noneMatch(text -> text.toString().contains("'"));
        }
    }

    /** As {@code "report.label." + word} does. */
    private static boolean isPutTogether(String key, String users) {
        String begin = key.substring(0, key.lastIndexOf('.') + 1);
        return users.contains('"' + begin + '"') && (users.contains('"' + key.substring(begin.length()) + '"') || OF_ENUMS.contains(begin));
    }

    private static String sources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java/antin/signing")); Stream<Path> templates = Files.walk(RESOURCES.resolve("templates"))) {
            return Stream.concat(java, templates).filter(Files::isRegularFile).map(PageTextsTest::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties texts(String folder, String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("antin/signing/" + folder + "/" + bundle + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
