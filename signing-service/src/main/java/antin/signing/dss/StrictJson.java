package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the headers of JSON signatures to RFC 7515, RFC 7797 and ETSI TS 119 182-1: what matters is signed, once, and understood. */
final class StrictJson {

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Pattern ALGORITHMS = Pattern.compile("(RS|PS|ES)(256|384|512)|EdDSA"); // RFC 7518, 3.1, without "none" and what needs a secret
    private static final Set<String> UNDERSTOOD = Set.of("b64", "sigT", "sigD", "sigPl", "sigPId", "srCms", "srAts", "adoTst", "x5t#o", "sigX5ts"); // TS 119 182-1, 5.1.9
    private static final String UNSIGNED = "etsiU"; // TS 119 182-1, 5.3.1: the only one outside of what is signed
    private static final String CRITICAL = "crit";

    private final Set<Objection> found = EnumSet.noneOf(Objection.class);

    private StrictJson() {
    }

    /** @throws Problem {@code MALFORMED_DOCUMENT} where a header cannot be read */
    static Set<Objection> objections(Document document) {
        StrictJson strict = new StrictJson();
        try {
            String text = Files.readString(document.file(), StandardCharsets.UTF_8).strip();
            if (text.startsWith("{")) {
                JsonNode tree = JSON.readTree(text);
                JsonNode signatures = tree.path("signatures");
                (signatures.isArray() ? List.copyOf(signatures.values()) : List.of(tree)).forEach(one -> strict.headers(one.path("protected").asString(""), one.path("header")));
            } else {
                strict.headers(text.substring(0, text.indexOf('.')), JSON.createObjectNode());
            }
            return strict.found;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "A header of the JSON signature is broken, or has a name twice.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void headers(String encoded, JsonNode unprotected) {
        JsonNode header = encoded.isEmpty() ? JSON.createObjectNode() : JSON.readTree(Base64.getUrlDecoder().decode(encoded));
        if (!ALGORITHMS.matcher(header.path("alg").asString("none")).matches()) {
            found.add(Objection.FORBIDDEN_ALGORITHM);
        }
        boolean outside = unprotected.propertyNames().stream().anyMatch(name -> !name.equals(UNSIGNED));
        if (outside || !isUnderstood(header) || header.has("b64") && !named(header).contains("b64")) { // RFC 7797, 6
            found.add(Objection.UNCERTAIN_ATTRIBUTE);
        }
    }

    /** RFC 7515, 4.1.11. */
    private static boolean isUnderstood(JsonNode header) {
        JsonNode critical = header.path(CRITICAL);
        Set<String> names = named(header);
        return critical.isMissingNode() || critical.isArray() && !critical.isEmpty() && names.size() == critical.size() && UNDERSTOOD.containsAll(names) && names.stream().allMatch(header::has);
    }

    private static Set<String> named(JsonNode header) {
        Set<String> names = new HashSet<>();
        header.path(CRITICAL).values().forEach(one -> names.add(one.asString("")));
        return names;
    }
}
