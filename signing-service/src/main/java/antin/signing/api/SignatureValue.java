package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The body <code>{"value": base64}</code>: what a signer's key made of the bytes. */
record SignatureValue(@Nullable String value) {

    byte[] octets() {
        if (value == null || value.isEmpty()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The member \"value\" is missing.");
        }
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The member \"value\" must be base64.", e);
        }
    }
}
