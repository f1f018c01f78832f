package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code layout}, as sent: millimetres from the upper left corner of the page, and points for the text.
 *
 * @param page  from 1, or -1 for the last; 1 where absent
 */
record LayoutOptions(@Nullable Integer page, @Nullable Float left, @Nullable Float top, @Nullable Float width, @Nullable Float height, @Nullable String text, @Nullable Float size,
    @Nullable String colour) {

    private static final int MOST_LETTERS = 500;
    private static final int MOST_LINES = 10;
    private static final float LARGEST_PAGE = 5_000; // millimetres
    private static final float SMALLEST_PLACE = 3;
    private static final float LARGEST_PLACE = 300;
    private static final float SMALLEST_LETTERS = 4;
    private static final float LARGEST_LETTERS = 40;
    private static final float USUAL_LETTERS = 10; // Decree 30/2020/NĐ-CP, Annex I, II.8.b

    /** @param picture the part {@code picture}; null for none */
    Layout layout(byte @Nullable [] picture) {
        if (text == null && picture == null) {
            throw refusal("needs a \"text\", or the part \"picture\", or both");
        }
        if (text != null && (text.isBlank() || text.length() > MOST_LETTERS || text.lines().count() > MOST_LINES || text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)))) {
            throw refusal("has a \"text\" that is empty, longer than " + MOST_LETTERS + " characters, or of more than " + MOST_LINES + " lines");
        }
        return new Layout(place(), text, within("size", size == null ? USUAL_LETTERS : size, SMALLEST_LETTERS, LARGEST_LETTERS), inColour(), picture);
    }

    private @Nullable Place place() {
        if (Stream.of(left, top, width, height).allMatch(one -> one == null) && page == null) {
            return null;
        }
        if (left == null || top == null || width == null || height == null || page != null && page != -1 && page < 1) {
            throw refusal("needs \"left\", \"top\", \"width\" and \"height\", and a \"page\" from 1 or -1 for the last");
        }
        return new Place(page == null ? 1 : page, within("left", left, 0, LARGEST_PAGE), within("top", top, 0, LARGEST_PAGE),
            within("width", width, SMALLEST_PLACE, LARGEST_PLACE), within("height", height, SMALLEST_PLACE, LARGEST_PLACE));
    }

    private Colour inColour() {
        return colour == null ? Colour.BLACK : Arrays.stream(Colour.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(colour)).findFirst()
            .orElseThrow(() -> refusal("has a \"colour\" that is none of black, blue and red"));
    }

    private static float within(String name, float value, float least, float most) {
        if (!(value >= least && value <= most)) {
            throw refusal("has a \"" + name + "\" that is not from " + Math.round(least) + " to " + Math.round(most));
        }
        return value;
    }

    private static Problem refusal(String what) {
        return new Problem(Kind.MALFORMED_REQUEST, "The option \"layout\" " + what + ".");
    }
}
