package antin.kernel.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The link between lines: SHA-256 over the previous line's hash and this line's JSON. */
final class AuditChain {

    /** What the first line follows. */
    static final String ORIGIN = "0".repeat(64);
    static final int HASH_LENGTH = 64;

    private AuditChain() {
    }

    static String link(String previousHash, String json) {
        return HexFormat.of().formatHex(sha256().digest((previousHash + ' ' + json).getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
