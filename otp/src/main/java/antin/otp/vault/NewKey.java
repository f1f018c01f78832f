package antin.otp.vault;

import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Puts a fresh first line into the secret file, whole or not at all; the lines before stay below it. Takes effect where a process starts next. */
public final class NewKey {

    private static final int BYTES = 32;

    private NewKey() {
    }

    /** The new vault. Refuses a file that {@link Vault#open} refuses. */
    public static Vault add(Path secretFile, SecureRandom random) throws IOException {
        Vault.open(secretFile);
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        SecretFile.write(secretFile, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + '\n' + SecretFile.text(secretFile) + '\n');
        return Vault.open(secretFile);
    }
}
