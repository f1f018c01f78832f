package antin.directory.password;

import java.util.List;
import java.util.Locale;

/**
 * The four classes of characters, each written out: the same lists are the directory server's, so that it never refuses what we let pass. What is in
 * none of them may be in a password and counts for its length only.
 */
public final class CharacterClasses {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz"
        + "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
    private static final String DIGITS = "0123456789";
    private static final String OTHERS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final List<String> ALL = List.of(LOWER, UPPER, DIGITS, OTHERS);

    private CharacterClasses() {
    }

    /** The characters of each class. */
    public static List<String> all() {
        return ALL;
    }

    /** How many of the classes a password has characters of. */
    static int in(String password) {
        return (int) ALL.stream().filter(characters -> password.codePoints().anyMatch(character -> characters.indexOf(character) >= 0)).count();
    }
}
