package antin.signing.dss;

import java.util.function.Predicate;

/**
 * What to do with a finished document.
 *
 * @param apart   whether what was signed stays outside of it
 * @param cleanUp removes what the format keeps in the work folder
 * @param certain a short way to be certain of a document; what it is not certain of is validated
 */
record Finish(String name, String mediaType, boolean apart, Runnable cleanUp, Predicate<Made> certain) {

    Finish(String name, String mediaType, boolean apart) {
        this(name, mediaType, apart, () -> { }, made -> false);
    }

    /** {@code report.pdf} becomes {@code report-signed.pdf}; another ending stays and gets one more. */
    static String signedName(String name, String ending) {
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(ending) ? name.substring(0, name.length() - ending.length()) + "-signed" + ending
            : name + ending;
    }
}
