package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import antin.directory.transfer.Entry.Cell;
import antin.directory.transfer.Entry.Kind;
import antin.directory.transfer.Lines.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** People or units as CSV with a line of column names, which tell which of both it is. */
final class CsvSource implements Source {

    private static final int MOST_LINES = 20; // of one record: a quote that nobody closed must not swallow the file
    private static final Pattern SEPARATOR = Pattern.compile("\\s*;\\s*");
    /** A title may have a semicolon in it; what begins like a position is one. */
    private static final Pattern NEXT_POSITION = Pattern.compile("\\s*;\\s*(?=[a-z0-9-]+/[^/;]*/[^/;]*/)");

    /** A record's text, with the lines it is made of. */
    private record Raw(Line first, long to, Csv.Parsed parsed) {
    }

    private final Path file;

    CsvSource(Path file) {
        this.file = file;
    }

    @Override
    public void read(Reader reader) throws IOException, InterruptedException {
        try (Lines lines = new Lines(file)) {
            Raw head = record(lines);
            if (head == null) {
                return;
            }
            List<String> columns = columns(head);
            Kind kind = columns.contains("number") ? Kind.PERSON : Kind.UNIT;
            for (Raw raw = record(lines); raw != null; raw = record(lines)) {
                reader.take(entry(kind, columns, raw));
            }
        }
    }

    @Override
    public List<LineProblem> headProblems() throws IOException {
        try (Lines lines = new Lines(file)) {
            Raw head = record(lines);
            if (head == null || head.parsed.problem() != null) {
                return List.of(new LineProblem(1, head == null ? 0 : head.parsed.column(), "", "", head == null ? Reason.MISSING : Objects.requireNonNull(head.parsed.problem())));
            }
            List<String> columns = columns(head);
            List<String> known = columns.contains("number") ? Columns.PEOPLE : Columns.UNITS;
            List<LineProblem> problems = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < columns.size(); i++) {
                if (!known.contains(columns.get(i)) || !seen.add(columns.get(i))) {
                    problems.add(new LineProblem(1, i + 1, "", columns.get(i), Reason.UNKNOWN_WORD));
                }
            }
            if (!seen.contains(known.getFirst())) {
                problems.add(new LineProblem(1, 0, known.getFirst(), "", Reason.MISSING));
            }
            return problems;
        }
    }

    @Override
    public byte[] head() throws IOException {
        try (Lines lines = new Lines(file); InputStream in = Files.newInputStream(file)) {
            Raw head = record(lines);
            byte[] bytes = in.readNBytes(head == null ? 0 : (int) head.to);
            if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
                bytes = Arrays.copyOf(bytes, bytes.length + 1);
                bytes[bytes.length - 1] = '\n';
            }
            return bytes;
        }
    }

    private static List<String> columns(Raw head) {
        return head.parsed.fields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /** Null at the end; empty lines are none. */
    private static @Nullable Raw record(Lines lines) throws IOException {
        Line first = lines.next();
        while (first != null && first.text().isEmpty() && first.problem() == null) {
            first = lines.next();
        }
        if (first == null) {
            return null;
        }
        if (first.problem() != null) {
            return new Raw(first, first.to(), new Csv.Parsed(List.of(), false, first.problem(), 0));
        }
        StringBuilder text = new StringBuilder(first.text());
        Csv.Parsed parsed = Csv.parse(first.text());
        List<Line> more = new ArrayList<>();
        while (parsed.open()) {
            Line line = more.size() == MOST_LINES ? null : lines.next();
            if (line != null) {
                more.add(line);
            }
            if (line == null || line.problem() != null || text.append('\n').append(line.text()).length() > Lines.LONGEST) {
                lines.pushBack(more);
                return new Raw(first, first.to(), new Csv.Parsed(parsed.fields(), false, Reason.MALFORMED, parsed.column()));
            }
            parsed = Csv.parse(text.toString());
            if (parsed.problem() != null) { // the quote that ended it began another field
                lines.pushBack(more);
                return new Raw(first, first.to(), parsed);
            }
        }
        return new Raw(first, more.isEmpty() ? first.to() : more.getLast().to(), parsed);
    }

    private static Entry entry(Kind kind, List<String> columns, Raw raw) {
        int line = raw.first.number();
        List<LineProblem> problems = new ArrayList<>();
        List<String> fields = raw.parsed.fields();
        Reason problem = raw.parsed.problem();
        if (problem != null) {
            problems.add(new LineProblem(line, raw.parsed.column(), name(columns, raw.parsed.column()), "", problem));
        } else if (fields.size() != columns.size()) {
            problems.add(new LineProblem(line, Math.min(fields.size(), columns.size()) + 1, "", "", Reason.MALFORMED));
        }
        Map<String, Cell> cells = new HashMap<>();
        for (int i = 0; i < Math.min(fields.size(), columns.size()); i++) {
            String value = Normalizer.normalize(Csv.plain(fields.get(i)), Normalizer.Form.NFC);
            cells.put(columns.get(i), new Cell(line, i + 1, values(columns.get(i), value)));
        }
        return new Entry(kind, line, raw.first.from(), raw.to, cells, problems);
    }

    private static List<String> values(String column, String value) {
        if (!Columns.LISTS.contains(column)) {
            return List.of(value);
        }
        Pattern separator = column.equals("positions") ? NEXT_POSITION : SEPARATOR;
        return separator.splitAsStream(value).filter(part -> !part.isEmpty()).toList();
    }

    private static String name(List<String> columns, int column) {
        return column >= 1 && column <= columns.size() ? columns.get(column - 1) : "";
    }
}
