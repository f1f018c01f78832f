package antin.bridge.token;

/** How a digest is signed, in the words of the Web eID protocol. */
public record SignatureAlgorithm(Scheme scheme, HashFunction hash) {

    /** Keys and paddings. */
    public enum Scheme {
        ECDSA("ECC", "NONE"), PKCS1("RSA", "PKCS1.5"), PSS("RSA", "PSS");

        private final String crypto;
        private final String padding;

        Scheme(String crypto, String padding) {
            this.crypto = crypto;
            this.padding = padding;
        }

        public String crypto() {
            return crypto;
        }

        public String padding() {
            return padding;
        }
    }

    /** The name in a Web eID authentication token (RFC 7518, 3.1), such as {@code ES384}. */
    public String jws() {
        return switch (scheme) {
            case ECDSA -> "ES";
            case PKCS1 -> "RS";
            case PSS -> "PS";
        } + hash.bytes() * Byte.SIZE;
    }
}
