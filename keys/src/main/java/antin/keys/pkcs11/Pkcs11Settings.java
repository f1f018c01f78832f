package antin.keys.pkcs11;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which token, and how to open it.
 *
 * @param library  the PKCS#11 library of the HSM's maker
 * @param token    the token's label
 * @param pinFile  the user's PIN, in a secret file
 * @param sessions how many sessions are open at the most, and so how many signatures are made at once
 * @param patience how long a use may take before the device counts as away
 */
public record Pkcs11Settings(Path library, String token, Path pinFile, int sessions, Duration patience) {

    /** Enough for a machine of few cores; a network HSM may want more. */
    public static final int USUAL_SESSIONS = 8;
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    public Pkcs11Settings {
        if (sessions < 1) {
            throw new IllegalArgumentException("At least one session is needed.");
        }
    }

    public Pkcs11Settings(Path library, String token, Path pinFile, int sessions) {
        this(library, token, pinFile, sessions, USUAL_PATIENCE);
    }
}
