package antin.mail.managesieve;

import java.util.List;
import java.util.Locale;

/**
 * What a client sent (RFC 5804, 4): strings, written in quotes or as literals, and bare words before and between them.
 *
 * @param words all of them; within AUTHENTICATE a string alone
 */
record Command(List<String> words) {

    String name() {
        return words.isEmpty() ? "" : words.getFirst().toUpperCase(Locale.ROOT);
    }

    /** How many words come after the name. */
    int arguments() {
        return words.size() - 1;
    }

    String argument(int number) {
        return words.get(number);
    }
}
