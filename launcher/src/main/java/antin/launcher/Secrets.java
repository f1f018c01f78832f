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
        "backbone.key");
    private static final String MARKER = "complete";
    private static final int BYTES = 32;

    private Secrets() {
    }

    static void create(Installation installation) throws IOException {
        Path marker = installation.secret(MARKER);
        if (Files.exists(marker)) {
            for (String name : NAMES) {
                if (!Files.exists(installation.secret(name))) {
                    throw Refusal.of("The secret file " + installation.secret(name) + " is gone. Restore it from the backup of this state folder.");
                }
                SecretFile.text(installation.secret(name));
            }
            return;
        }
        Folders.createPrivate(installation.home().resolve("secrets"));
        SecureRandom random = new SecureRandom();
        for (String name : NAMES) {
            SecretFile.createRandom(installation.secret(name), BYTES, random);
        }
        SecretFile.write(marker, "");
    }
}
