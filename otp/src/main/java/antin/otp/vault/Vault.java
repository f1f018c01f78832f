package antin.otp.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM and hashes random ones with HMAC-SHA-256. Each use has a key of its own, derived by HKDF
 * from the secret file. What is sealed opens only for the same use and owner, so that rows cannot be swapped. Safe for use
 * by many threads.
 */
public final class Vault {

    private static final byte[] SALT = "antin backbone vault 1".getBytes(UTF_8);
    private static final int SHORTEST_SECRET = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] secret;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    private Vault(byte[] secret) {
        this.secret = secret;
        this.keyId = HexFormat.of().formatHex(Hkdf.derive(secret, SALT, "key id".getBytes(UTF_8), 4));
    }

    /** The file's text is random and at least 32 characters long. */
    public static Vault open(Path secretFile) {
        byte[] secret = SecretFile.text(secretFile).getBytes(UTF_8);
        if (secret.length < SHORTEST_SECRET) {
            throw new Problem(Kind.MISCONFIGURED, "The secret file " + secretFile + " must hold at least " + SHORTEST_SECRET + " random characters.");
        }
        return new Vault(secret);
    }

    /** Names the present key; the same file gives the same name. */
    public String keyId() {
        return keyId;
    }

    public Sealed seal(String use, String owner, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] ciphertext = run(Cipher.ENCRYPT_MODE, use, owner, nonce, plain);
        byte[] bytes = Arrays.copyOf(nonce, NONCE + ciphertext.length);
        System.arraycopy(ciphertext, 0, bytes, NONCE, ciphertext.length);
        return new Sealed(keyId, bytes);
    }

    public byte[] open(String use, String owner, Sealed sealed) {
        if (!keyId.equals(sealed.keyId())) {
            throw new Problem(Kind.MISCONFIGURED, "Stored secrets were sealed with another secret file (key " + sealed.keyId()
                + ", present key " + keyId + "). Put the former file back.");
        }
        byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE);
        return run(Cipher.DECRYPT_MODE, use, owner, nonce, Arrays.copyOfRange(sealed.bytes(), NONCE, sealed.bytes().length));
    }

    /** 32 bytes that say nothing about {@code text} to whoever lacks the key. Only for texts of high entropy, or to count. */
    public byte[] hash(String use, String text) {
        return Hkdf.hmac(key(use), text.getBytes(UTF_8));
    }

    private byte[] run(int mode, String use, String owner, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key(use), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((use + ' ' + owner).getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "A stored secret does not open.", e);
        }
    }

    private byte[] key(String use) {
        return Hkdf.derive(secret, SALT, ("key for " + use).getBytes(UTF_8), 32);
    }
}
