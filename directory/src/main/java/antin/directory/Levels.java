package antin.directory;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.List;

/**
 * The levels of administration of this installation, the highest first. They are data: since July 2025 a city may have two.
 *
 * @param words such as {@code city, district, commune}
 */
public record Levels(List<String> words) {

    public static final Levels THREE = new Levels(List.of("city", "district", "commune"));

    public Levels {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().distinct().count() != words.size() || !words.stream().allMatch(word -> word.matches("[a-z0-9-]{1,32}"))) {
            throw new Problem(Kind.MISCONFIGURED, "The key levels must list words of lower-case letters, each once, such as city,district,commune.");
        }
    }

    /** Whether a unit of {@code level} may stand right below one of {@code above}: on the same level (an office) or a lower one. */
    public boolean mayStandBelow(String level, String above) {
        return words.contains(level) && words.contains(above) && words.indexOf(level) >= words.indexOf(above);
    }
}
