package antin.directory.administration;

/**
 * An entry as its reader may see it.
 *
 * @param whole whether nothing was left out
 */
public record Seen<T>(T entry, boolean whole) {
}
