package antin.bridge.window;

import java.util.regex.Pattern;

/** Words of others, fit to be shown: without signs that turn the order of the letters round, or are not to be seen (Unicode, general category C). */
final class Plain {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\u2028\\u2029&&[^\\n]]");

    private Plain() {
    }

    static String text(String untrusted) {
        return UNSEEN.matcher(untrusted).replaceAll("\ufffd");
    }

    /** In one line. */
    static String line(String untrusted) {
        return text(untrusted).replace('\n', ' ');
    }
}
