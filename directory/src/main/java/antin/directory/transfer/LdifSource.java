package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import antin.directory.transfer.Entry.Cell;
import antin.directory.transfer.Entry.Kind;
import antin.directory.transfer.Lines.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * People and units as LDIF (RFC 2849): records that add one, as they lie in the directory, and records that name a unit's head. Folded lines, base64 and
 * comments; no values from other files. What the server writes itself is passed over, what else is not known here is refused: passwords, above all, are not imported.
 */
final class LdifSource implements Source {

    private static final Map<String, String> PERSON = Map.ofEntries(Map.entry("uid", "number"), Map.entry("cn", "name"), Map.entry("sn", "family-name"), Map.entry("givenname", "given-name"),
        Map.entry("mail", "mail"), Map.entry("antinmailalternateaddress", "further-mail"), Map.entry("antinunit", "unit"), Map.entry("title", "title"),
        Map.entry("telephonenumber", "phone"), Map.entry("mobile", "mobile"), Map.entry("antinrole", "role"), Map.entry("antinstatus", "status"),
        Map.entry("preferredlanguage", "language"), Map.entry("antinposition", "positions"));
    private static final Map<String, String> UNIT = Map.ofEntries(Map.entry("ou", "id"), Map.entry("displayname", "name"), Map.entry("antinlevel", "level"), Map.entry("antinbody", "body"),
        Map.entry("antinkind", "kind"), Map.entry("antinorganizationid", "organization-id"), Map.entry("postaladdress", "address"), Map.entry("telephonenumber", "phone"),
        Map.entry("mail", "mail"), Map.entry("labeleduri", "website"), Map.entry("antinstatus", "status"), Map.entry("antinhead", "head"));
    private static final Set<String> PASSED_OVER = Set.of("objectclass", "antinhistory", "antinrevision", "entryuuid", "createtimestamp", "modifytimestamp", "creatorsname", "modifiersname");
    private static final Pattern HEAD = Pattern.compile("uid=([0-9]{1,32}),ou=people,.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNIT_NAME = Pattern.compile("ou=([^,=+\\\\]+),(?:ou=([^,=+\\\\]+),).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERSON_NAME = Pattern.compile("uid=([^,=+\\\\]+),ou=people,.*", Pattern.CASE_INSENSITIVE);

    /** One {@code name: value}. */
    private record Attribute(int line, String name, String value) {
    }

    private final Path file;

    LdifSource(Path file) {
        this.file = file;
    }

    @Override
    public void read(Reader reader) throws IOException, InterruptedException {
        try (Lines lines = new Lines(file)) {
            List<Line> record = new ArrayList<>();
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (line.text().isEmpty() && line.problem() == null) {
                    take(record, reader);
                    record.clear();
                } else {
                    record.add(line);
                }
            }
            take(record, reader);
        }
    }

    @Override
    public List<LineProblem> headProblems() {
        return List.of();
    }

    @Override
    public byte[] head() {
        return "version: 1\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    private static void take(List<Line> lines, Reader reader) throws IOException, InterruptedException {
        List<LineProblem> problems = new ArrayList<>();
        List<Attribute> attributes = attributes(lines, problems);
        if (attributes.isEmpty() && problems.isEmpty()) {
            return; // comments, or the version
        }
        int first = attributes.isEmpty() ? lines.getFirst().number() : attributes.getFirst().line;
        long from = lines.getFirst().from();
        long to = lines.getLast().to();
        Kind kind = kind(attributes);
        if (kind == Kind.UNKNOWN && problems.isEmpty()) {
            problems.add(new LineProblem(first, 0, "dn", attributes.getFirst().value, Reason.MALFORMED));
        }
        Map<String, Cell> cells = kind == Kind.UNKNOWN ? Map.of() : cells(kind, attributes, problems);
        Cell head = cells.get("head");
        reader.take(new Entry(kind, first, from, to, kind == Kind.UNIT ? without(cells, "head") : cells, problems));
        if (kind == Kind.UNIT && head != null && problems.isEmpty()) {
            reader.take(new Entry(Kind.HEAD, first, from, to, Map.of("id", new Cell(first, 0, List.of(cells.getOrDefault("id", head).values().getFirst())), "head", head), List.of()));
        }
    }

    private static Map<String, Cell> without(Map<String, Cell> cells, String name) {
        Map<String, Cell> rest = new HashMap<>(cells);
        rest.remove(name);
        return rest;
    }

    private static Kind kind(List<Attribute> attributes) {
        if (attributes.isEmpty() || !attributes.getFirst().name.equals("dn")) {
            return Kind.UNKNOWN;
        }
        boolean modifies = attributes.size() > 1 && attributes.get(1).name.equals("changetype") && attributes.get(1).value.equalsIgnoreCase("modify");
        if (modifies) {
            return UNIT_NAME.matcher(attributes.getFirst().value).matches() ? Kind.HEAD : Kind.UNKNOWN;
        }
        Set<String> classes = attributes.stream().filter(attribute -> attribute.name.equals("objectclass")).map(attribute -> attribute.value.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
        return classes.contains("antinstaff") ? Kind.PERSON : classes.contains("antinagency") ? Kind.UNIT : Kind.UNKNOWN;
    }

    private static Map<String, Cell> cells(Kind kind, List<Attribute> attributes, List<LineProblem> problems) {
        Map<String, Cell> cells = new HashMap<>();
        name(kind, attributes.getFirst(), cells, problems);
        Map<String, String> known = kind == Kind.PERSON ? PERSON : kind == Kind.UNIT ? UNIT : Map.of("antinhead", "head");
        for (Attribute attribute : attributes.subList(1, attributes.size())) {
            String column = known.get(attribute.name);
            boolean control = attribute.name.equals("changetype") && (attribute.value.equalsIgnoreCase("add") || kind == Kind.HEAD)
                || kind == Kind.HEAD && (attribute.name.equals("-") || (attribute.name.equals("add") || attribute.name.equals("replace")) && attribute.value.equalsIgnoreCase("antinHead"));
            if (column != null) {
                add(cells, column, attribute, problems);
            } else if (!control && !PASSED_OVER.contains(attribute.name)) {
                problems.add(new LineProblem(attribute.line, 0, attribute.name, "", Reason.UNKNOWN_WORD));
            }
        }
        if (kind == Kind.HEAD && !cells.containsKey("head")) {
            problems.add(new LineProblem(attributes.getFirst().line, 0, "head", "", Reason.MISSING));
        }
        return cells;
    }

    /** What the name of the entry says: which it is, and for a unit what stands above. */
    private static void name(Kind kind, Attribute dn, Map<String, Cell> cells, List<LineProblem> problems) {
        Matcher name = (kind == Kind.PERSON ? PERSON_NAME : UNIT_NAME).matcher(dn.value);
        if (!name.matches()) {
            problems.add(new LineProblem(dn.line, 0, "dn", dn.value, Reason.MALFORMED));
        } else if (kind == Kind.PERSON) {
            cells.put("number", new Cell(dn.line, 0, List.of(name.group(1))));
        } else {
            cells.put("id", new Cell(dn.line, 0, List.of(name.group(1).toLowerCase(Locale.ROOT))));
            String above = name.group(2).toLowerCase(Locale.ROOT);
            boolean top = above.equals("units") && !dn.value.substring(name.end(2)).toLowerCase(Locale.ROOT).startsWith(",ou=");
            if (kind == Kind.UNIT) {
                cells.put("parent", new Cell(dn.line, 0, List.of(top ? "" : above)));
            }
        }
    }

    private static void add(Map<String, Cell> cells, String column, Attribute attribute, List<LineProblem> problems) {
        String value = Normalizer.normalize(attribute.value, Normalizer.Form.NFC);
        if (column.equals("head")) {
            Matcher head = HEAD.matcher(value);
            value = head.matches() ? head.group(1) : "";
        } else if (column.equals("website")) {
            value = value.split(" ", 2)[0]; // a URI, and perhaps a label behind it (RFC 2079)
        } else if (column.equals("address")) {
            value = value.replace("$", ", ").replace("\\24", "$").replace("\\5C", "\\").replace("\\5c", "\\"); // RFC 4517, 3.3.28
        }
        Cell there = cells.get(column);
        if (there == null || column.equals("number") || column.equals("id")) {
            if (there != null && !there.values().getFirst().equalsIgnoreCase(value)) {
                problems.add(new LineProblem(attribute.line, 0, column, value, Reason.MALFORMED)); // the entry is called otherwise
            }
            cells.putIfAbsent(column, new Cell(attribute.line, 0, List.of(value)));
        } else if (Columns.LISTS.contains(column)) {
            List<String> values = new ArrayList<>(there.values());
            values.add(value);
            cells.put(column, new Cell(there.line(), 0, List.copyOf(values)));
        } else {
            problems.add(new LineProblem(attribute.line, 0, column, value, column.equals("head") ? Reason.TWO_HEADS : Reason.MALFORMED));
        }
    }

    /** Folded lines put together again, without comments (RFC 2849, notes 2 and 6). */
    private static List<Attribute> attributes(List<Line> lines, List<LineProblem> problems) {
        List<Attribute> attributes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int begun = 0;
        for (Line line : lines) {
            if (line.problem() != null) {
                problems.add(new LineProblem(line.number(), 0, "", "", line.problem()));
            } else if (line.text().startsWith(" ")) {
                text.append(line.text(), 1, line.text().length());
            } else {
                add(attributes, begun, text.toString(), problems);
                text.setLength(0);
                text.append(line.text());
                begun = line.number();
            }
            if (text.length() > Lines.LONGEST) {
                problems.add(new LineProblem(begun, 0, "", "", Reason.TOO_LONG));
                text.setLength(0);
            }
        }
        add(attributes, begun, text.toString(), problems);
        return attributes;
    }

    private static void add(List<Attribute> attributes, int line, String text, List<LineProblem> problems) {
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("version:") && attributes.isEmpty()) {
            return;
        }
        if (text.equals("-")) {
            attributes.add(new Attribute(line, "-", ""));
            return;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = colon < 0 ? null : value(text.substring(colon + 1));
        if (value == null || name.isEmpty()) {
            problems.add(new LineProblem(line, 0, name, text, Reason.MALFORMED));
        } else {
            attributes.add(new Attribute(line, name, value));
        }
    }

    /** Null for what is neither text nor base64 of text; values from other files (a URL) are none of ours. */
    private static @Nullable String value(String rest) {
        if (rest.startsWith("<")) {
            return null;
        }
        if (!rest.startsWith(":")) {
            return rest.stripLeading();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(rest.substring(1).strip()))).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
