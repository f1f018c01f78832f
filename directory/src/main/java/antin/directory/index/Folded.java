package antin.directory.index;

import java.text.Normalizer;
import java.util.Locale;

/** Text as people type it in a hurry: without marks, in lower case, words apart by one space. */
public final class Folded {

    private Folded() {
    }

    /** {@code Đỗ Thị Ánh-Dương} becomes {@code do thi anh duong}. {@code đ} is a letter of its own that no decomposition takes apart. */
    public static String words(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        boolean between = false;
        for (int i = 0; i < apart.length(); i++) {
            char letter = Character.toLowerCase(apart.charAt(i));
            if (Character.getType(letter) == Character.NON_SPACING_MARK) {
                continue;
            }
            if (!Character.isLetterOrDigit(letter)) {
                between = !folded.isEmpty();
                continue;
            }
            if (between) {
                folded.append(' ');
                between = false;
            }
            folded.append(letter == 'đ' ? 'd' : letter);
        }
        return folded.toString();
    }

    /** With its marks, but in one spelling of them and in lower case. */
    static String marked(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }

    /** The national digits of a telephone number: {@code +84 24 3825 1234} and {@code 024.3825.1234} are {@code 2438251234}. */
    static String phone(String text) {
        String digits = digits(text);
        if (text.stripLeading().startsWith("+84")) {
            return digits.substring(2);
        }
        return digits.startsWith("0") ? digits.substring(1) : digits;
    }

    static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.chars().filter(character -> character >= '0' && character <= '9').forEach(character -> digits.append((char) character));
        return digits.toString();
    }
}
