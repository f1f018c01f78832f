package antin.bridge.origin;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where this program's files lie, by each system's custom. */
public record Places(Path policy, Path userFolder) {

    private static final String NAME = "antin-token-bridge";

    /** Those of this system and this person. */
    public static Places here(Map<String, String> environment) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        if (system.startsWith("windows")) {
            return new Places(Path.of(environment.getOrDefault("ProgramData", "C:\\ProgramData"), NAME, "policy.json"),
                Path.of(environment.getOrDefault("APPDATA", home.resolve("AppData").resolve("Roaming").toString()), NAME));
        }
        if (system.startsWith("mac")) {
            Path support = Path.of("Library", "Application Support", NAME);
            return new Places(Path.of("/").resolve(support).resolve("policy.json"), home.resolve(support));
        }
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return new Places(Path.of("/etc", NAME, "policy.json"), (configuration.startsWith("/") ? Path.of(configuration) : home.resolve(".config")).resolve(NAME));
    }
}
