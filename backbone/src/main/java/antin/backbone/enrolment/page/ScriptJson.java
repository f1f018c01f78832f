package antin.backbone.enrolment.page;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a page's script sends, read strictly: no name twice, and none that is not known. */
public final class ScriptJson {

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private ScriptJson() {
    }

    /** Throws {@link Problem} {@code MALFORMED_REQUEST}. */
    public static <T> T read(byte[] untrustedBody, Class<T> type) {
        try {
            @Nullable T read = JSON.readValue(untrustedBody, type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The body is not the JSON that is served here.", e);
        }
        throw new Problem(Kind.MALFORMED_REQUEST, "The body is not the JSON that is served here.");
    }
}
