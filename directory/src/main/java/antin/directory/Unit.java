package antin.directory;

import org.jspecify.annotations.Nullable;

/**
 * An agency or a part of one.
 *
 * @param id     its short name, unique, lower-case ASCII, such as {@code ubnd-tp}
 * @param name   full name in Vietnamese
 * @param level  where it stands: {@code city}, {@code district} or {@code commune}; data, not a closed set
 * @param parent the short name of the unit above; null for one that stands at the top
 */
public record Unit(String id, String name, String level, @Nullable String parent) {

    /** One at the top. */
    public Unit(String id, String name, String level) {
        this(id, name, level, null);
    }
}
