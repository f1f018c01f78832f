package antin.bridge.token;

import java.util.Arrays;
import java.util.Optional;

/** A PIN in memory until it is closed, or the word that the reader asks for it by its own keys. Never empty: an empty one costs a try at some tokens, and means the reader's keys to others. */
public final class Pin implements AutoCloseable {

    private final char[] characters;

    private Pin(char[] characters) {
        this.characters = characters;
    }

    /** Takes over the array: closing wipes it. */
    public static Pin of(char[] characters) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("An empty PIN goes to no token");
        }
        return new Pin(characters);
    }

    /** Typed at the reader (PKCS#11's protected authentication path). */
    public static Pin atReader() {
        return new Pin(new char[0]);
    }

    /** Empty where it is typed at the reader. */
    Optional<char[]> characters() {
        return characters.length == 0 ? Optional.empty() : Optional.of(characters);
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }
}
