package antin.directory.ldif;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LDIF (RFC 2849) of ours with {@code ${name}} where an installation differs. */
public final class LdifTemplate {

    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z-]+)}");

    private LdifTemplate() {
    }

    /** The text of a resource of this jar, named from its root, filled in. */
    public static String fill(String resource, Map<String, String> values) throws IOException {
        try (InputStream in = LdifTemplate.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, values)));
        }
    }

    /** A line of LDIF; in base64, so that any text is safe (RFC 2849, note 8). */
    public static String line(String attribute, String value) {
        return attribute + ":: " + base64(value) + '\n';
    }

    public static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String value(MatchResult match, Map<String, String> values) {
        String value = values.get(match.group(1));
        if (value == null) {
            throw new IllegalStateException("No value for " + match.group());
        }
        return value;
    }
}
