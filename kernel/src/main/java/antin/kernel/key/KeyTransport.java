package antin.kernel.key;

/**
 * How a key was encrypted with RSA: PKCS #1 v1.5, or OAEP without a label (RFC 8017, 7.2 and 7.1; RFC 8551, 2.3).
 *
 * @param digest     of OAEP, as the JDK names it; empty for PKCS #1 v1.5
 * @param maskDigest of OAEP's MGF1, which some programs leave at SHA-1
 */
public record KeyTransport(String digest, String maskDigest) {

    public static final KeyTransport PKCS1 = new KeyTransport("", "");

    public static KeyTransport oaep(String digest, String maskDigest) {
        return new KeyTransport(digest, maskDigest);
    }

    public boolean isOaep() {
        return !digest.isEmpty();
    }
}
