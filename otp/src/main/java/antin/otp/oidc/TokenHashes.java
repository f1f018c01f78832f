package antin.otp.oidc;

import antin.otp.vault.Vault;
import java.util.HexFormat;
import java.util.List;

/** Tokens and codes lie in the database as keyed hashes: whoever reads it, or a copy of it, has none that works. */
final class TokenHashes {

    private static final String USE = "oauth token";
    private static final String MARK = "h:"; // no token starts so: they are base64url, and user codes are letters

    private final Vault vault;

    TokenHashes(Vault vault) {
        this.vault = vault;
    }

    String of(String token) {
        return isHash(token) ? token : text(vault.hash(USE, token));
    }

    /** By the vault's present key and its former ones, to look up what was kept before the key was changed. */
    List<String> all(String token) {
        return vault.hashes(USE, token).stream().map(TokenHashes::text).toList();
    }

    private static String text(byte[] hash) {
        return MARK + HexFormat.of().formatHex(hash);
    }

    static boolean isHash(String stored) {
        return stored.startsWith(MARK);
    }
}
