package antin.directory;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** A Vietnamese name as people type it in a hurry: without marks, {@code Nguyễn Văn Đức} as {@code Nguyen Van Duc}. */
public final class PlainLetters {

    /** The name under which a directory keeps it, beside {@code cn}: a search for {@code cn} finds it too, since it is a subtype (RFC 3866, 2.1). */
    public static final String NAME = "cn;lang-en";
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private PlainLetters() {
    }

    /** Empty where the name has no marks, and so nothing is to be added. */
    public static String of(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("").replace('đ', 'd').replace('Đ', 'D');
        return plain.equals(name) ? "" : plain;
    }
}
