package antin.directory;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position that a person holds in a unit besides the home unit.
 *
 * @param unit  the short name of the unit
 * @param from  the first day; null where nobody wrote it down
 * @param to    the last day, included; null where it is open
 * @param title as it is written, such as {@code Phó Trưởng ban}
 */
public record Position(String unit, @Nullable LocalDate from, @Nullable LocalDate to, String title) {

    private static final Pattern TEXT = Pattern.compile("([^/]*)/([^/]*)/([^/]*)/(.*)");
    private static final Pattern UNIT = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"); // a label of a domain name (RFC 1123, 2.1)
    private static final Pattern TITLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

    /** Refuses dates that cross, and names that no reader could see as they are. */
    public Position {
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException("A position is in a unit, named in lower-case letters, digits and hyphens.");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("A position ends no earlier than it begins.");
        }
        if (title.isBlank() || !TITLE.matcher(title).matches()) {
            throw new IllegalArgumentException("A position has a title of 1 to 200 characters, none of them a control character.");
        }
    }

    /** Whether it is held on this day. */
    public boolean isHeldOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** {@code UNIT/FROM/TO/TITLE}, as {@code antinPosition} holds it: the unit first, so that a search for its beginning finds who is there. */
    public String text() {
        return unit + '/' + (from == null ? "" : from) + '/' + (to == null ? "" : to) + '/' + title;
    }

    /** Empty for what is no position. */
    public static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(parts.group(1), date(parts.group(2)), date(parts.group(3)), parts.group(4)));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate date(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }
}
