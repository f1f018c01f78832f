package antin.directory;

/**
 * An agency or a part of one.
 *
 * @param id    its short name, unique, lower-case ASCII, such as {@code ubnd-tp}
 * @param name  full name in Vietnamese
 * @param level where it stands: {@code city}, {@code district} or {@code commune}; data, not a closed set
 */
public record Unit(String id, String name, String level) {
}
