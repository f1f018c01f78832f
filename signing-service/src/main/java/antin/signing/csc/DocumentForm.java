package antin.signing.csc;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Formats, levels and envelopes in the interface's words (CSC API 2.0.0.2, 11.11). */
record DocumentForm(SignatureFormat format, SignatureLevel level, Packaging packaging) {

    static final List<String> FORMATS = List.of("P", "X", "C", "J");
    static final String LEVELS = "AdES-B-";
    private static final Map<String, String> NAMES = Map.of("P", "PAdES", "X", "XAdES", "C", "CAdES", "J", "JAdES");
    /** The usual one first, as the interface has it; a PDF is not certified, but gets a revision. */
    private static final Map<String, Map<String, Packaging>> PROPERTIES = Map.of("P", Map.of("Revision", Packaging.ENVELOPED),
        "X", ordered("Enveloped", Packaging.ENVELOPED, "Enveloping", Packaging.ENVELOPING, "Detached", Packaging.DETACHED),
        "C", ordered("Attached", Packaging.ENVELOPING, "Detached", Packaging.DETACHED), "J", ordered("Attached", Packaging.ENVELOPING, "Detached", Packaging.DETACHED));

    static DocumentForm of(@Nullable String format, @Nullable String level, @Nullable String property, List<SignatureFormat> formats) {
        if (format == null || format.isEmpty()) {
            throw Refusals.missing("signature_format");
        }
        String name = Optional.ofNullable(NAMES.get(format)).orElseThrow(() -> Refusals.invalid("signature_format"));
        String wanted = property == null || property.isEmpty() ? properties(format).getFirst() : property;
        Packaging packaging = Optional.ofNullable(PROPERTIES.getOrDefault(format, Map.of()).get(wanted)).orElseThrow(() -> Refusals.invalid("signed_envelope_property"));
        return new DocumentForm(formats.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(), levelOf(level), packaging);
    }

    static List<String> properties(String format) {
        return List.copyOf(PROPERTIES.getOrDefault(format, Map.of()).keySet());
    }

    /** Whether the answer is the signature alone. */
    boolean isApart() {
        return packaging == Packaging.DETACHED;
    }

    private static SignatureLevel levelOf(@Nullable String level) {
        String word = level == null || level.isEmpty() ? "B" : level.startsWith(LEVELS) ? level.substring(LEVELS.length()) : level.startsWith("AdES-") ? level.substring("AdES-".length()) : "";
        return Arrays.stream(SignatureLevel.values()).filter(one -> one.name().equals(word)).findFirst().orElseThrow(() -> Refusals.invalid("conformance_level"));
    }

    private static Map<String, Packaging> ordered(Object... pairs) {
        Map<String, Packaging> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Packaging) pairs[i + 1]);
        }
        return java.util.Collections.unmodifiableMap(map);
    }
}
