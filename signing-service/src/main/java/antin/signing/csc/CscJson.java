package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of this interface. Members that are not known are left alone, since its versions add some; no name comes twice and nothing after the end. */
final class CscJson {

    private static final int LARGEST = 64 * 1024;
    private static final int DEEPEST = 8;
    private static final int BUFFER = 64 * 1024;

    private CscJson() {
    }

    /** A small body; where there is none, as if it were an empty object. */
    static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] octets = request.getInputStream().readNBytes(LARGEST + 1);
        if (octets.length > LARGEST) {
            throw new Problem(Kind.TOO_LARGE, "The body is larger than 64 kB.");
        }
        return read(type, LARGEST, mapper -> mapper.readValue(octets.length == 0 ? new byte[] {'{', '}'} : octets, type));
    }

    /** A body with documents in it, into a file first: nobody who sends slowly keeps one of the places where documents are worked on. */
    static Path store(HttpServletRequest request, WorkFolder folder, int largest) throws IOException {
        Path file = folder.newFile();
        try (InputStream in = request.getInputStream(); OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int octets = in.read(buffer); octets >= 0; octets = in.read(buffer)) {
                size += octets;
                if (size > largest) {
                    throw new Problem(Kind.TOO_LARGE, "The body is larger than " + largest + " octets.");
                }
                out.write(buffer, 0, octets);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            WorkFolder.remove(file);
            throw e;
        }
    }

    static <T> T read(Path file, Class<T> type, int largest) {
        return read(type, largest, mapper -> mapper.readValue(file.toFile(), type));
    }

    private interface Reading<T> {
        T read(JsonMapper mapper);
    }

    private static <T> T read(Class<T> type, int longest, Reading<T> reading) {
        JsonMapper mapper = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxStringLength(longest).build()).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        try {
            T read = reading.read(mapper);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The body is not the JSON object that is expected.", e);
        }
        throw new Problem(Kind.MALFORMED_REQUEST, "The body must be a JSON object.");
    }
}
