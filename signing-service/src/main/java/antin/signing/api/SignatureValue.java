package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The body <code>{"value": base64}</code>: what a signer's key made of the bytes. */
final class SignatureValue {

    private static final int LARGEST_BODY = 8 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** As sent. */
    private record Body(@Nullable String value) {
    }

    private SignatureValue() {
    }

    static byte[] read(HttpServletRequest request) throws IOException {
        byte[] octets = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (octets.length > LARGEST_BODY) {
            throw new Problem(Kind.TOO_LARGE, "The body is larger than 8 kB.");
        }
        try {
            Body body = JSON.readValue(octets, Body.class);
            if (body != null && body.value != null && !body.value.isEmpty()) {
                return Base64.getDecoder().decode(body.value);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The body must be a JSON object with the member \"value\", in base64.", e);
        }
        throw new Problem(Kind.MALFORMED_REQUEST, "The member \"value\" is missing.");
    }
}
