package antin.otp.vault;

/**
 * A secret that only the vault opens again.
 *
 * @param keyId names the key that sealed it, so that keys can be changed later
 * @param bytes nonce and ciphertext
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sealed(String keyId, byte[] bytes) {
}
