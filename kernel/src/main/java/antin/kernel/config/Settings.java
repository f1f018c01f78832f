package antin.kernel.config;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One properties file, read once and strictly. A reader asks for every key it knows, then calls {@link #refuseUnknownKeys()}.
 * Relative paths count from the state folder, the parent of {@code conf}. Every refusal is a {@link Problem} of kind
 * {@code MISCONFIGURED} that names file, key and what to do. Not safe for use by several threads.
 */
public final class Settings {

    private final Path file;
    private final Path home;
    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    private Settings(Path file) {
        this.file = file.toAbsolutePath().normalize();
        Path folder = this.file.getParent();
        Path parent = folder == null ? null : folder.getParent();
        if (parent == null) {
            throw new Problem(Kind.MISCONFIGURED, "The configuration file " + file + " must lie in the folder conf of a state folder.");
        }
        this.home = parent;
    }

    /** Reads {@code STATE/conf/PROCESS.properties}, in UTF-8. */
    public static Settings read(Path file) {
        Settings settings = new Settings(file);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The configuration file " + file + " cannot be read.", e);
        }
        properties.stringPropertyNames().forEach(key -> settings.values.put(key, properties.getProperty(key).strip()));
        return settings;
    }

    /** The state folder. */
    public Path home() {
        return home;
    }

    public String text(String key) {
        return optionalText(key).orElseThrow(() -> refusal(key, "is missing. Add a line " + key + "=..."));
    }

    public String text(String key, String fallback) {
        return optionalText(key).orElse(fallback);
    }

    public Optional<String> optionalText(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** A path, absolute and normalised. */
    public Path path(String key) {
        return resolve(text(key));
    }

    public Path path(String key, String fallback) {
        return resolve(text(key, fallback));
    }

    /** 1 to 65535. */
    public int port(String key) {
        return parse(key, text(key), "a port from 1 to 65535", Settings::parsePort);
    }

    public int number(String key, int fallback) {
        return parse(key, text(key, Integer.toString(fallback)), "a whole number", Integer::valueOf);
    }

    public boolean flag(String key, boolean fallback) {
        return parse(key, text(key, Boolean.toString(fallback)), "true or false", Settings::parseFlag);
    }

    /** An ISO 8601 duration, such as {@code PT15M}. */
    public Duration duration(String key, Duration fallback) {
        return parse(key, text(key, fallback.toString()), "a duration such as PT15M", Duration::parse);
    }

    /** Values separated by commas; empty where the key is absent. */
    public List<String> list(String key) {
        return optionalText(key).stream().flatMap(value -> Stream.of(value.split(",", -1))).map(String::strip)
            .filter(value -> !value.isEmpty()).toList();
    }

    /** Last call of a reader: a key that nobody asked for is a mistake and must not be passed over. */
    public void refuseUnknownKeys() {
        values.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            String nearest = known.stream().min(Comparator.comparingInt(candidate -> distance(key, candidate))).orElse("");
            throw refusal(key, "is unknown. " + (nearest.isEmpty() ? "Remove it." : "Did you mean " + nearest + "?"));
        });
    }

    private Path resolve(String value) {
        return home.resolve(value).normalize();
    }

    private <T> T parse(String key, String value, String expected, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw refusal(key, "must be " + expected + ", and is \"" + value + "\".", e);
        }
    }

    private Problem refusal(String key, String what) {
        return new Problem(Kind.MISCONFIGURED, "The key " + key + " in " + file + " " + what);
    }

    private Problem refusal(String key, String what, Exception cause) {
        return new Problem(Kind.MISCONFIGURED, "The key " + key + " in " + file + " " + what, cause);
    }

    private static int parsePort(String value) {
        int port = Integer.parseInt(value);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(value);
        }
        return port;
    }

    private static boolean parseFlag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    /** Levenshtein's distance, in edits. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
