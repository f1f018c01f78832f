package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON file once as a stream before a tree is built of it: bounded depth and count, no name twice in an object, nothing after its end. */
final class UntrustedJson {

    private static final int DEEPEST = 40;
    private static final int MOST_TOKENS = 1_000_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 50;
    private static final int PARTS = 3; // RFC 7515, 7.1
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNameLength(LONGEST_NAME).maxNumberLength(LONGEST_NUMBER)
            .maxStringLength(Integer.MAX_VALUE).build()).build();

    private UntrustedJson() {
    }

    static void check(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            if (isCompact(document)) {
                compact(in);
            } else {
                json(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCompact(Document document) throws IOException {
        try (InputStream in = Files.newInputStream(document.file())) {
            return new String(in.readNBytes(DocumentKind.COMPACT.length()), java.nio.charset.StandardCharsets.US_ASCII).equals(DocumentKind.COMPACT);
        }
    }

    private static void json(InputStream in) {
        try (JsonParser parser = JSON.createParser(in)) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                if (++tokens > MOST_TOKENS) {
                    throw refusal("The JSON file has too many values.", null);
                }
                if (parser.streamReadContext().inRoot() && tokens > 1 && parser.nextToken() != null) {
                    throw refusal("The JSON file has something after its end.", null);
                }
            }
        } catch (JacksonException e) {
            throw refusal("The JSON file is broken, nested too deeply, or has a name twice.", e);
        }
    }

    private static void compact(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int parts = 1;
        for (int octets = in.read(buffer); octets >= 0; octets = in.read(buffer)) {
            for (int i = 0; i < octets; i++) {
                int octet = buffer[i];
                boolean base64url = octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9' || octet == '-' || octet == '_';
                parts += octet == '.' ? 1 : 0;
                if (!base64url && octet != '.' || parts > PARTS) {
                    throw refusal("The file is not three base64url parts with two dots between.", null);
                }
            }
        }
        if (parts != PARTS) {
            throw refusal("The file is not three base64url parts with two dots between.", null);
        }
    }

    private static Problem refusal(String detail, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(Kind.MALFORMED_DOCUMENT, detail, cause);
    }
}
