package antin.otp.vault;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * Seals secrets with AES-256-GCM and hashes random ones with HMAC-SHA-256. Each use has a key of its own, derived by HKDF
 * from the secret file: its first line is the present key, further lines are former ones, which open and compare but seal nothing any more.
 * What is sealed opens only for the same use and owner, so that rows cannot be swapped. Safe for use by many threads.
 */
public final class Vault {

    private static final int SHORTEST_SECRET = 32;
    private static final int NONCE = 12;

    private final List<VaultKey> keys;
    private final SecureRandom random = new SecureRandom();

    private Vault(List<VaultKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Each line of the file is random and at least 32 characters long. */
    public static Vault open(Path secretFile) {
        List<String> lines = SecretFile.text(secretFile).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < SHORTEST_SECRET)) {
            throw new Problem(Kind.MISCONFIGURED, "The secret file " + secretFile + " must hold at least " + SHORTEST_SECRET + " random characters in each line.");
        }
        return new Vault(lines.stream().map(VaultKey::new).toList());
    }

    /** Names the present key; the same line gives the same name. */
    public String keyId() {
        return present().id();
    }

    /** Whether what names this key needs no new seal. */
    public boolean isPresent(String keyId) {
        return keyId().equals(keyId);
    }

    /** The names of the former keys that the file still has. */
    public List<String> formerKeys() {
        return keys.stream().skip(1).map(VaultKey::id).toList();
    }

    public Sealed seal(String use, String owner, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] ciphertext = run(present(), Cipher.ENCRYPT_MODE, use, owner, nonce, plain);
        byte[] bytes = Arrays.copyOf(nonce, NONCE + ciphertext.length);
        System.arraycopy(ciphertext, 0, bytes, NONCE, ciphertext.length);
        return new Sealed(keyId(), bytes);
    }

    /** What any key of the file sealed. */
    public byte[] open(String use, String owner, Sealed sealed) {
        VaultKey key = key(sealed.keyId()).orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "Stored secrets were sealed with another secret file (key "
            + sealed.keyId() + ", present key " + keyId() + "). Put the former file back."));
        byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE);
        return run(key, Cipher.DECRYPT_MODE, use, owner, nonce, Arrays.copyOfRange(sealed.bytes(), NONCE, sealed.bytes().length));
    }

    /** The same secret under the present key. */
    public Sealed reseal(String use, String owner, Sealed sealed) {
        return isPresent(sealed.keyId()) ? sealed : seal(use, owner, open(use, owner, sealed));
    }

    /** 32 bytes by the present key that say nothing about {@code text} to whoever lacks it. Only for texts of high entropy, or to count. */
    public byte[] hash(String use, String text) {
        return present().hash(use, text);
    }

    /** The same text's hash by every key of the file, the present one first: to look up what a former one hashed. */
    public List<byte[]> hashes(String use, String text) {
        return keys.stream().map(key -> key.hash(use, text)).toList();
    }

    /** The hash by the key of that name; empty where the file has none of that name. */
    public Optional<byte[]> hash(String keyId, String use, String text) {
        return key(keyId).map(key -> key.hash(use, text));
    }

    private VaultKey present() {
        return keys.getFirst();
    }

    private Optional<VaultKey> key(String keyId) {
        return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
    }

    private static byte[] run(VaultKey key, int mode, String use, String owner, byte[] nonce, byte[] input) {
        try {
            return key.run(mode, use, owner, nonce, input);
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "A stored secret does not open.", e);
        }
    }
}
