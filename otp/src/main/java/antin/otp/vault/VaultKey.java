package antin.otp.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One line of the secret file, and the keys derived from it: one for each use. */
final class VaultKey {

    private static final byte[] SALT = "antin backbone vault 1".getBytes(UTF_8);
    private static final int TAG_BITS = 128;

    private final byte[] secret;
    private final String id;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>(); // uses are words of our own code, so they are few

    VaultKey(String line) {
        this.secret = line.getBytes(UTF_8);
        this.id = HexFormat.of().formatHex(Hkdf.derive(secret, SALT, "key id".getBytes(UTF_8), 4));
    }

    String id() {
        return id;
    }

    byte[] hash(String use, String text) {
        return Hkdf.hmac(key(use), text.getBytes(UTF_8));
    }

    byte[] run(int mode, String use, String owner, byte[] nonce, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key(use), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((use + ' ' + owner).getBytes(UTF_8));
        return cipher.doFinal(input);
    }

    private byte[] key(String use) {
        return derived.computeIfAbsent(use, word -> Hkdf.derive(secret, SALT, ("key for " + word).getBytes(UTF_8), 32));
    }
}
