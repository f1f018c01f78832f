package antin.otp.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import antin.otp.vault.Vault;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Clients' secrets are made by us, 256 random bits, so a keyed hash protects them as well as a slow one. Never for people's passwords. */
public final class MachineSecrets implements PasswordEncoder {

    private final Vault vault;

    public MachineSecrets(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String encode(@Nullable CharSequence secret) {
        return vault.keyId() + ':' + HexFormat.of().formatHex(vault.hash("client secret", String.valueOf(secret)));
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String stored) {
        return secret != null && stored != null && MessageDigest.isEqual(encode(secret).getBytes(US_ASCII), stored.getBytes(US_ASCII));
    }
}
