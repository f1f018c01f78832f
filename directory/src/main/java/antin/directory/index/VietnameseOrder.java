package antin.directory.index;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Vietnamese alphabetical order as a key that compares by its characters: first the 29 letters ({@code ă} after {@code a}, {@code đ} after {@code d}), then
 * the tones in the order of the dictionaries (level, grave, hook, tilde, acute, dot).
 */
final class VietnameseOrder {

    private static final String TONES = "\u0300\u0309\u0303\u0301\u0323";
    private static final char BREVE = '\u0306';
    private static final char CIRCUMFLEX = '\u0302';
    private static final char HORN = '\u031b';

    private VietnameseOrder() {
    }

    static String key(String text) {
        StringBuilder letters = new StringBuilder(text.length() * 2);
        StringBuilder tones = new StringBuilder();
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        for (int i = 0; i < apart.length(); i++) {
            char character = apart.charAt(i);
            int tone = TONES.indexOf(character);
            if (tone >= 0) {
                mark(tones, (char) ('1' + tone));
            } else if (character == BREVE || character == CIRCUMFLEX || character == HORN) {
                mark(letters, character == HORN ? '3' : character == CIRCUMFLEX ? '2' : '1');
            } else if (Character.getType(character) != Character.NON_SPACING_MARK) {
                // Two characters a letter: room for those that stand between two of the English alphabet.
                letters.append(character == 'đ' ? 'd' : character).append(character == 'đ' ? '1' : '0');
                tones.append('0');
            }
        }
        return letters.append('\u0001').append(tones).toString();
    }

    /** A mark stands behind its letter; one that stands alone is nobody's. */
    private static void mark(StringBuilder key, char value) {
        if (!key.isEmpty()) {
            key.setCharAt(key.length() - 1, value);
        }
    }
}
