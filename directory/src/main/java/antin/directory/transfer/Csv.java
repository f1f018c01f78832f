package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180). */
final class Csv {

    private static final Pattern SAFE = Pattern.compile("[+-]?[0-9 .()-]*");
    private static final String FORMULA = "=+-@\t\r'";

    /**
     * A record taken apart.
     *
     * @param open    whether it goes on in the next line: a quote is open
     * @param problem why it is none, and {@code column} where
     */
    record Parsed(List<String> fields, boolean open, @Nullable Reason problem, int column) {
    }

    private Csv() {
    }

    static String line(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    static Parsed parse(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int i = 0;
        while (true) {
            field.setLength(0);
            if (i < text.length() && text.charAt(i) == '"') {
                int end = quoted(text, i + 1, field);
                if (end < 0) {
                    return new Parsed(fields, true, null, fields.size() + 1);
                }
                i = end;
                if (i < text.length() && text.charAt(i) != ',') {
                    return new Parsed(fields, false, Reason.MALFORMED, fields.size() + 1);
                }
            } else {
                int comma = text.indexOf(',', i);
                int end = comma < 0 ? text.length() : comma;
                field.append(text, i, end);
                i = end;
                if (field.indexOf("\"") >= 0) {
                    return new Parsed(fields, false, Reason.MALFORMED, fields.size() + 1);
                }
            }
            fields.add(field.toString());
            if (i == text.length()) {
                return new Parsed(fields, false, null, 0);
            }
            i++;
        }
    }

    /**
     * What a spreadsheet would take for a formula gets an apostrophe before it, which {@link #plain} takes away again, so that export and import change nothing.
     * Telephone numbers, which begin with a plus and hold nothing that could compute, stay as they are.
     */
    static String harmless(String value) {
        return value.isEmpty() || FORMULA.indexOf(value.charAt(0)) < 0 || SAFE.matcher(value).matches() ? value : '\'' + value;
    }

    static String plain(String value) {
        return value.length() > 1 && value.charAt(0) == '\'' && FORMULA.indexOf(value.charAt(1)) >= 0 ? value.substring(1) : value;
    }

    /** The position behind the closing quote; -1 where there is none. */
    private static int quoted(String text, int from, StringBuilder field) {
        int i = from;
        while (true) {
            int quote = text.indexOf('"', i);
            if (quote < 0) {
                return -1;
            }
            field.append(text, i, quote);
            if (quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
                field.append('"');
                i = quote + 2;
            } else {
                return quote + 1;
            }
        }
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\r' || character == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
