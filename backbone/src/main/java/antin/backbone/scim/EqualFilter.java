package antin.backbone.scim;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one kind of filter that is understood, {@code ATTRIBUTE eq "..."} (RFC 7644, 3.4.2.2). The value is a JSON string; names and
 * operators have no case, and the compared text neither, since no attribute that is offered is caseExact (RFC 7643, 8.7.1).
 *
 * @param attribute one of those that the resource offers, as it spells it
 */
record EqualFilter(String attribute, String value) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9:.]+?) +eq +(\".*\")", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int LONGEST = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param schema of the resource, which may stand before the attribute */
    static EqualFilter parse(String untrustedFilter, String schema, List<String> attributes) {
        Matcher form = FORM.matcher(untrustedFilter.strip());
        if (untrustedFilter.length() > LONGEST || !form.matches()) {
            throw refusal(attributes);
        }
        String name = form.group(1);
        String attribute = attributes.stream().filter(known -> known.equalsIgnoreCase(name) || (schema + ':' + known).equalsIgnoreCase(name)).findFirst()
            .orElseThrow(() -> refusal(attributes));
        try {
            // Anything after the closing quotation mark (such as "and ...") is no JSON string, and so refused.
            return new EqualFilter(attribute, JSON.readValue(form.group(2), String.class));
        } catch (JacksonException e) {
            throw refusal(attributes);
        }
    }

    boolean accepts(String text) {
        return folded(text).equals(folded(value));
    }

    /** Vietnamese letters come composed or decomposed, by the keyboard's taste. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static ScimRefusal refusal(List<String> attributes) {
        return new ScimRefusal(HttpStatus.BAD_REQUEST, "invalidFilter", "Only filters such as " + attributes.getFirst() + " eq \"...\" are understood, for: "
            + String.join(", ", attributes) + '.');
    }
}
