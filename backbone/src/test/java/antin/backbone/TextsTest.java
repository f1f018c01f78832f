package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Body;
import antin.directory.Refusal;
import antin.directory.Role;
import antin.directory.transfer.Progress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final List<String> MODULES = List.of("web", "otp", "backbone");
    private static final Pattern IN_TEMPLATES = Pattern.compile("#\\{([a-z0-9.-]+)|#messages\\.msg\\('([a-z0-9.-]+)'");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z0-9-]+(?:\\.[a-z0-9-]+)+)\"");
    /** Keys put together at run time, by their beginning. */
    private static final List<String> PUT_TOGETHER = List.of("scope.", "problem.4", "problem.5", "field.", "level.", "kind.", "body.", "role.", "value.", "refusal.", "done.",
        "group.kind.", "import.state.", "import.failed.", "person.disable.", "person.enable.", "change.refused.", "approval.act.", "approval.state.", "access.done.",
        "client.scope.", "activity.act.", "factors.kind.", "new.step1.", "sent.", "certificate.", "clients.kind.", "clients.method.", "clients.hint.redirects.", "keys.done.", "enrolment.kind.", "enrolment.state.", "enrolment.fact.", "enrolment.done.", "enrolment.fault.", "enrolment.reason.", "outside.state.", "outside.rule.", "outside.done.", "outside.fault.", "outside.wish.", "outside.request.", "outside.letter.");

    @Test
    void areThereInBothLanguages() throws IOException {
        for (String module : MODULES) {
            for (String bundle : bundles(module)) {
                assertThat(keys(module, bundle + "_en")).as(module + ' ' + bundle).isEqualTo(keys(module, bundle));
            }
        }
    }

    @Test
    void areThereWhereAPageNamesThem() throws IOException {
        Set<String> named = named(IN_TEMPLATES, ".html");
        named.removeIf(name -> name.endsWith(".")); // the beginning of one that is put together
        assertThat(allKeys()).containsAll(named);
    }

    @Test
    void areAllUsed() throws IOException {
        Set<String> used = new TreeSet<>(named(IN_TEMPLATES, ".html"));
        used.addAll(named(IN_CODE, ".java"));
        Set<String> unused = allKeys();
        unused.removeIf(key -> used.contains(key) || PUT_TOGETHER.stream().anyMatch(key::startsWith));
        assertThat(unused).isEmpty();
    }

    /** Words of the directory's closed sets, whose keys no page names. */
    @Test
    void areThereForEveryRoleBodyRefusalAndFailure() throws IOException {
        Set<String> wanted = new TreeSet<>();
        Stream.of(Role.values()).forEach(role -> wanted.add("role." + role.word()));
        Stream.of(Body.values()).forEach(body -> wanted.add("body." + body.word()));
        Stream.of(Refusal.Reason.values()).forEach(reason -> wanted.add("refusal." + reason.word()));
        Stream.of(Progress.State.values()).forEach(state -> wanted.add("import.state." + state.name().toLowerCase(Locale.ROOT)));
        Stream.of(Progress.Failure.values()).forEach(failure -> wanted.add("import.failed." + failure.word()));
        assertThat(keys("backbone", "messages")).containsAll(wanted);
    }

    @Test
    void quoteNoApostropheThatTheFormatWouldSwallow() throws IOException {
        for (String module : MODULES) {
            for (String bundle : bundles(module)) {
                assertThat(properties(module, bundle).values()).as(module).noneMatch(text -> text.toString().contains("'"));
            }
        }
    }

    private static Set<String> allKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String module : MODULES) {
            for (String bundle : bundles(module)) {
                keys.addAll(keys(module, bundle));
            }
        }
        return keys;
    }

    /** By their Vietnamese file. */
    private static List<String> bundles(String module) throws IOException {
        try (Stream<Path> files = Files.list(sources(module).resolve("resources/antin/" + module))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".properties") && !name.endsWith("_en.properties"))
                .map(name -> name.replace(".properties", "")).sorted().toList();
        }
    }

    private static Set<String> keys(String module, String bundle) throws IOException {
        return new TreeSet<>(properties(module, bundle).stringPropertyNames());
    }

    private static Properties properties(String module, String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(sources(module).resolve("resources/antin/" + module + "/" + bundle + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static Set<String> named(Pattern pattern, String ending) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(sources(module))) {
                for (Path file : files.filter(path -> path.toString().endsWith(ending)).collect(Collectors.toList())) {
                    pattern.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1) != null ? found.group(1) : found.group(2)));
                }
            }
        }
        return names;
    }

    private static Path sources(String module) {
        return Path.of("..", module, "src/main");
    }
}
