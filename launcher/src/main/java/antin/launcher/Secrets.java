package antin.launcher;

import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * The random secrets of an installation, made once. After that a missing one is an error and never made anew: what it
 * protects could not be read any more.
 */
final class Secrets {

    static final List<String> NAMES = List.of(Postgres.PASSWORD_FILE, Databases.passwordFile("backbone"), Databases.passwordFile("mail"),
        "directory-manager.password", "directory-keystore.password", "ca-root.password", "ca-issuing.password", "ca-internal.password",
        "backbone.key", Databases.passwordFile("ca"), Databases.passwordFile("signing"), "status-keys.password", "signing-keys.password");
    /** What the first version made, whose marker named nothing. */
    private static final int FIRST_VERSION = 9;
    private static final String MARKER = "complete";
    private static final int BYTES = 32;

    private Secrets() {
    }

    static void create(Installation installation) throws IOException {
        Path marker = installation.secret(MARKER);
        List<String> made = made(marker);
        Folders.createPrivate(installation.home().resolve("secrets"));
        SecureRandom random = new SecureRandom();
        for (String name : NAMES) {
            Path file = installation.secret(name);
            if (made.contains(name) && !Files.exists(file)) {
                throw Refusal.of("The secret file " + file + " is gone. Restore it from the backup of this state folder.");
            }
            if (made.contains(name)) {
                SecretFile.text(file);
            } else {
                SecretFile.createRandom(file, BYTES, random);
            }
        }
        if (!made.equals(NAMES)) {
            SecretFile.write(marker, String.join("\n", NAMES) + '\n');
        }
    }

    private static List<String> made(Path marker) {
        if (!Files.exists(marker)) {
            return List.of();
        }
        List<String> named = SecretFile.text(marker).lines().toList();
        return named.isEmpty() ? NAMES.subList(0, FIRST_VERSION) : named;
    }
}
