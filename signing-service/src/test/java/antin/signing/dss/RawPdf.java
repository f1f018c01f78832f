package antin.signing.dss;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A PDF written octet by octet, so that it can be written wrongly: revisions with tables of cross-references (ISO 32000-2, 7.5.4 and 7.5.6). */
final class RawPdf {

    private static final Pattern START = Pattern.compile("startxref\\s+(\\d+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** What goes into the next table: an object's number with its place, -1 for free. */
    private final Map<Integer, Long> entries = new TreeMap<>();
    private final Map<Integer, Integer> generations = new TreeMap<>();

    RawPdf(String header) {
        text(header);
    }

    /** Behind what is there. */
    RawPdf(byte[] before) {
        out.writeBytes(before);
        text("\n");
    }

    RawPdf object(int number, String body) {
        return object(number, 0, body);
    }

    RawPdf object(int number, int generation, String body) {
        entries.put(number, (long) out.size());
        generations.put(number, generation);
        return text(number + " " + generation + " obj\n" + body + "\nendobj\n");
    }

    RawPdf stream(int number, String entriesOfIt, String content) {
        return object(number, "<<" + entriesOfIt + "/Length " + content.length() + ">>\nstream\n" + content + "\nendstream");
    }

    RawPdf free(int number) {
        entries.put(number, -1L);
        return this;
    }

    RawPdf at(int number, long place) {
        entries.put(number, place);
        return this;
    }

    RawPdf text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** The first revision, or an update of the last one. */
    byte[] end(String trailer) {
        return end(trailer, last(out.toByteArray()));
    }

    /** @param previous the table before; -1 for none */
    byte[] end(String trailer, long previous) {
        long start = out.size();
        StringBuilder table = new StringBuilder("xref\n");
        if (previous < 0) {
            table.append("0 1\n0000000000 65535 f \n");
        }
        entries.forEach((number, place) -> table.append(number).append(" 1\n").append(place < 0 ? "0000000000 00001 f \n"
            : String.format("%010d %05d n \n", place, generations.getOrDefault(number, 0))));
        text(table + "trailer\n<<" + trailer + (previous < 0 ? "" : "/Prev " + previous) + ">>\nstartxref\n" + start + "\n%%EOF\n");
        return out.toByteArray();
    }

    static long last(byte[] pdf) {
        List<MatchResult> found = new ArrayList<>(START.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results().toList());
        return found.isEmpty() ? -1 : Long.parseLong(found.getLast().group(1));
    }
}
