package antin.signing.signature;

import org.jspecify.annotations.Nullable;

/**
 * How a signature is seen: a picture, a text, or both, as Decree 30/2020/NĐ-CP, Annex I, wants them.
 *
 * @param place   null where an existing field says it
 * @param text    at most some lines; null for none
 * @param size    of the text, in points
 * @param picture PNG; null for none
 */
public record Layout(@Nullable Place place, @Nullable String text, float size, Colour colour, byte @Nullable [] picture) {

    /** Of the text. */
    public enum Colour { BLACK, BLUE, RED }

    /**
     * On which page, and where, in millimetres from its upper left corner as it is shown.
     *
     * @param page from 1; -1 for the last
     */
    public record Place(int page, float left, float top, float width, float height) {
    }
}
