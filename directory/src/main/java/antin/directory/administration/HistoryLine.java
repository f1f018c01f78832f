package antin.directory.administration;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to an entry, as {@code antinHistory} holds it: {@code TIME BY WHAT BEFORE > AFTER}, such as
 * {@code 2026-11-22T08:30:00Z 100003 title Chuyên viên > Trưởng phòng}. An empty value is {@code -}; {@code >}, {@code %} and a value that is {@code -} are written as in a URI, so that a
 * line is read back as it was.
 *
 * @param by   a person's number, or a process
 * @param what the field, or {@code created}, {@code password}, {@code photo}
 */
public record HistoryLine(Instant time, String by, String what, String before, String after) {

    /** How many of the last ones are kept. */
    public static final int MOST = 100;
    private static final int LONGEST_VALUE = 300; // of two, with their marks written as %3E, an LDAP value of 1,024 has room
    private static final Pattern LINE = Pattern.compile("(\\S+Z) (\\S+) (\\S+) (.+?) > (.+)");

    public HistoryLine {
        time = time.truncatedTo(ChronoUnit.SECONDS);
        before = shortened(before);
        after = shortened(after);
    }

    public String text() {
        return time + " " + by + ' ' + what + ' ' + written(before) + " > " + written(after);
    }

    /** Empty for a line that somebody else wrote in another way. */
    public static Optional<HistoryLine> parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HistoryLine(Instant.parse(line.group(1)), line.group(2), line.group(3), read(line.group(4)), read(line.group(5))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The lines with more at the end; the first ones go where there are too many. A line that is there already is the same event: an LDAP attribute has no value twice. */
    static List<String> appended(List<String> lines, List<HistoryLine> more) {
        List<String> all = new ArrayList<>(lines);
        for (HistoryLine line : more) {
            if (all.stream().noneMatch(line.text()::equalsIgnoreCase)) {
                all.add(line.text());
            }
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    private static String written(String value) {
        return value.isEmpty() ? "-" : value.equals("-") ? "%2D" : value.replace("%", "%25").replace(">", "%3E");
    }

    private static String read(String value) {
        return value.equals("-") ? "" : value.replace("%3E", ">").replace("%2D", "-").replace("%25", "%");
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_VALUE ? value : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE - 1)) + '…';
    }
}
