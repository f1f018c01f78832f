package antin.keys;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.regex.Pattern;

/** What a key may be called. It becomes a file's name, a label on a token and part of a scope, so it is narrow. */
public final class KeyName {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");

    private KeyName() {
    }

    public static boolean isWellFormed(String untrustedName) {
        return FORM.matcher(untrustedName).matches();
    }

    /** Returns the name itself, or refuses it. */
    public static String checked(String name) {
        if (!isWellFormed(name)) {
            throw new Problem(Kind.MISCONFIGURED, "A key's name has small letters, digits and hyphens, at most 41; change \"" + name + "\".");
        }
        return name;
    }
}
