package antin.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose a unit is: the four systems of a city's offices, each on every level. */
public enum Body {
    PARTY, GOVERNMENT, FATHERLAND_FRONT, SOCIO_POLITICAL;

    /** As it is written in the directory and in files, such as {@code fatherland-front}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Body> of(String word) {
        return Arrays.stream(values()).filter(body -> body.word().equalsIgnoreCase(word)).findFirst();
    }
}
