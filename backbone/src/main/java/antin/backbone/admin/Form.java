package antin.backbone.admin;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a form sent. A field that was not sent counts as empty. Text comes in one form of Unicode (NFC), since some systems write {@code ế} as three
 * characters and would make a name that looks the same and is another.
 *
 * @param untrustedFields by name
 */
public record Form(Map<String, String[]> untrustedFields) {

    public String text(String field) {
        String[] values = untrustedFields.get(field);
        return values == null || values.length == 0 ? "" : Normalizer.normalize(values[0], Normalizer.Form.NFC).strip();
    }

    /** What a text area holds: one a line, or separated by commas or semicolons. */
    public List<String> list(String field) {
        return Arrays.stream(text(field).split("[\\r\\n,;]+")).map(String::strip).filter(value -> !value.isEmpty()).toList();
    }

    /** The chosen ones of several boxes. */
    public List<String> all(String field) {
        String[] values = untrustedFields.get(field);
        return values == null ? List.of() : List.of(values);
    }

    /** Of the entry that the form was made from. */
    public long revision() {
        try {
            return Long.parseLong(text("revision"));
        } catch (NumberFormatException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The form has no revision.");
        }
    }

    /** To show them again as they were typed. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        untrustedFields.keySet().forEach(field -> values.put(field, text(field)));
        return values;
    }
}
