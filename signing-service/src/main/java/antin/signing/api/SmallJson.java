package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of a caller's, read strictly: no name twice, none that is not known, nothing after its end. */
final class SmallJson {

    private static final int LARGEST_BODY = 8 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private SmallJson() {
    }

    /** A whole body of at most 8 kB. */
    static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] octets = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (octets.length > LARGEST_BODY) {
            throw new Problem(Kind.TOO_LARGE, "The body is larger than 8 kB.");
        }
        return read("body", new String(octets, java.nio.charset.StandardCharsets.UTF_8), type);
    }

    /** @param what is read, for the refusal */
    static <T> T read(String what, String json, Class<T> type) {
        try {
            T read = JSON.readValue(json, type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The " + what + " is not the JSON object that is expected: it is broken, or has an unknown field.", e);
        }
        throw new Problem(Kind.MALFORMED_REQUEST, "The " + what + " must be a JSON object.");
    }
}
