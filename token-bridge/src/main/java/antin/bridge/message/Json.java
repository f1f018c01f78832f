package antin.bridge.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON (RFC 8259) read strictly: one object in UTF-8, no name twice, nothing after it, not deep. */
public final class Json {

    private static final int DEEPEST = 8;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(20).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads one object, or refuses the message. */
    public static ObjectNode read(byte[] untrusted) {
        try {
            // RFC 8259, 8.1; read by the bytes Jackson would guess UTF-16 and UTF-32 too
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(untrusted)).toString();
            JsonNode node = MAPPER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (CharacterCodingException | JacksonException e) {
            throw new Refused(Reason.INVALID_MESSAGE, e);
        }
        throw new Refused(Reason.INVALID_MESSAGE);
    }

    /** Without blanks, names in the order in which they were put. */
    public static byte[] write(ObjectNode object) {
        return MAPPER.writeValueAsBytes(object);
    }

    /** For files that people read. */
    public static byte[] writePretty(ObjectNode object) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
    }
}
