package antin.signing.pdf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cross-reference sections that updates put behind a revision (ISO 32000-2, 7.5.6), each leading to the one before. */
final class PdfUpdates {

    private static final int TAIL = 1024;
    private static final int LONGEST_TRAILER = 64 * 1024;
    private static final int MOST_UPDATES = 500;
    private static final Pattern START = Pattern.compile("startxref\\s+(\\d{1,10})\\s+%%EOF\\s*\\z");
    private static final Pattern PREVIOUS = Pattern.compile("/Prev\\s+(\\d{1,10})\\b");
    private static final Pattern ESCAPED = Pattern.compile("/[^\\s/<>()\\[\\]]*#");
    private static final Pattern STREAM = Pattern.compile("\\A\\s*(\\d{1,10})\\s+0\\s+obj\\b(.*?)\\bstream\\r?\\n", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("\\A\\s*xref\\b(.*?)\\btrailer\\b(.*?)\\bstartxref\\b", Pattern.DOTALL);
    private static final Pattern TABLE_LINE = Pattern.compile("\\G\\s*(\\d{1,10})\\s+(\\d{1,10})(?:\\s+([nf]))?");

    private PdfUpdates() {
    }

    /** Whether octets from {@code end} on are only blanks. */
    static boolean isEnd(ByteBuffer pdf, long end) {
        for (int at = (int) end; at < pdf.limit(); at++) {
            if (" \t\r\n\f\0".indexOf(pdf.get(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The numbers of the objects that sections behind {@code end} take away; empty where the last section does not lead to that of the revision that ends there, by sections behind it. */
    static Optional<Set<Long>> after(ByteBuffer pdf, long end) {
        long signed = start(pdf, end);
        long at = start(pdf, pdf.limit());
        Set<Long> freed = new HashSet<>();
        for (int count = 0; count < MOST_UPDATES && signed >= 0 && at >= end; count++) {
            long previous = read(text(pdf, at, LONGEST_TRAILER), pdf, at, freed);
            if (previous == signed) {
                return Optional.of(freed);
            }
            if (previous >= at) {
                return Optional.empty();
            }
            at = previous;
        }
        return Optional.empty();
    }

    private static long start(ByteBuffer pdf, long end) {
        Matcher start = START.matcher(text(pdf, Math.max(0, end - TAIL), (int) Math.min(TAIL, end)));
        return start.find() ? Long.parseLong(start.group(1)) : -1;
    }

    /** Adds what a section takes away. The one before it, or -1. */
    private static long read(String text, ByteBuffer pdf, long at, Set<Long> freed) {
        Matcher stream = STREAM.matcher(text);
        if (stream.find()) {
            return FreeEntries.read(pdf.slice((int) at, pdf.limit() - (int) at), stream.group(), freed) ? previous(stream.group(2)) : -1;
        }
        Matcher table = TABLE.matcher(text);
        if (!table.find()) {
            table = TABLE.matcher(text(pdf, at, (int) Math.min(Integer.MAX_VALUE, pdf.limit() - at))); // a long one
            if (!table.find()) {
                return -1;
            }
        }
        return table.group(2).contains("/XRefStm") || !freed(table.group(1), freed) ? -1 : previous(table.group(2));
    }

    private static boolean freed(String table, Set<Long> freed) {
        Matcher line = TABLE_LINE.matcher(table);
        long number = 0;
        int end = 0;
        while (line.find()) {
            if (line.group(3) == null) {
                number = Long.parseLong(line.group(1));
            } else {
                if (line.group(3).equals("f") && number > 0) { // the first is always free
                    freed.add(number);
                }
                number++;
            }
            end = line.end();
        }
        return table.substring(end).isBlank();
    }

    /** Exactly one, plainly written, since readers differ in which of two they take. */
    private static long previous(String dictionary) {
        if (ESCAPED.matcher(dictionary).find()) {
            return -1;
        }
        List<String> found = PREVIOUS.matcher(dictionary).results().map(match -> match.group(1)).toList();
        return found.size() == 1 ? Long.parseLong(found.getFirst()) : -1;
    }

    private static String text(ByteBuffer pdf, long begin, int most) {
        byte[] octets = new byte[(int) Math.max(0, Math.min(most, pdf.limit() - begin))];
        pdf.get((int) begin, octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
