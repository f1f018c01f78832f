package antin.otp.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import antin.otp.vault.Vault;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Clients' secrets are made by us, 256 random bits, so a keyed hash protects them as well as a slow one. Never for people's passwords. */
public final class MachineSecrets implements PasswordEncoder {

    private static final String USE = "client secret";

    private final Vault vault;

    public MachineSecrets(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String encode(@Nullable CharSequence secret) {
        return vault.keyId() + ':' + HexFormat.of().formatHex(vault.hash(USE, String.valueOf(secret)));
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String stored) {
        if (secret == null || stored == null) {
            return false;
        }
        String keyId = stored.substring(0, Math.max(0, stored.indexOf(':')));
        byte[] hash = vault.hash(keyId, USE, secret.toString()).orElseGet(() -> vault.hash(USE, secret.toString()));
        return MessageDigest.isEqual((keyId + ':' + HexFormat.of().formatHex(hash)).getBytes(US_ASCII), stored.getBytes(US_ASCII));
    }

    /** One under a former key of the vault is kept anew at its next use. */
    @Override
    public boolean upgradeEncoding(@Nullable String stored) {
        return stored != null && !stored.startsWith(vault.keyId() + ':');
    }
}
