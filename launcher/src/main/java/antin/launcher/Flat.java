package antin.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a JSON object without objects in it, as our own processes answer; the launcher has no library for more. */
record Flat(String json) {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([\\w.+-]+))");

    /** {@code fallback} where there is no such field. */
    String text(String name, String fallback) {
        Matcher field = FIELD.matcher(json);
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return field.group(2) == null ? field.group(3) : field.group(2).replaceAll("\\\\(.)", "$1");
            }
        }
        return fallback;
    }

    /** Empty where there is no such field. */
    String text(String name) {
        return text(name, "");
    }

    /** 0 where there is no such field. */
    long number(String name) {
        String text = text(name, "0");
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
