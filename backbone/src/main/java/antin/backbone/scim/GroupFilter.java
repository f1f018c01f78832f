package antin.backbone.scim;

import antin.directory.Unit;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one filter that is understood, {@code displayName eq "..."} (RFC 7644, 3.4.2.2). The value is a JSON string; names and
 * operators have no case, and the compared text neither, since displayName is not caseExact (RFC 7643, 8.7.1).
 */
record GroupFilter(String displayName) {

    private static final Pattern FORM = Pattern.compile(
        "(?:urn:ietf:params:scim:schemas:core:2\\.0:Group:)?displayName +eq +(\".*\")", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int LONGEST = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static GroupFilter parse(String untrustedFilter) {
        Matcher form = FORM.matcher(untrustedFilter.strip());
        if (untrustedFilter.length() > LONGEST || !form.matches()) {
            throw refusal();
        }
        try {
            // Anything after the closing quotation mark (such as "and ...") is no JSON string, and so refused.
            return new GroupFilter(JSON.readValue(form.group(1), String.class));
        } catch (JacksonException e) {
            throw refusal();
        }
    }

    boolean accepts(Unit unit) {
        return folded(unit.name()).equals(folded(displayName));
    }

    /** Vietnamese letters come composed or decomposed, by the keyboard's taste. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static ScimRefusal refusal() {
        return new ScimRefusal(HttpStatus.BAD_REQUEST, "invalidFilter", "Only the filter displayName eq \"...\" is understood.");
    }
}
