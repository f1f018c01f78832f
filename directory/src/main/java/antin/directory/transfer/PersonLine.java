package antin.directory.transfer;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.transfer.Wanted.Fields;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person as a record wants them: what it does not speak of stays as it is. */
final class PersonLine {

    private static final Pattern POSITION = Pattern.compile("([^/]*)/([^/]*)/([^/]*)/(.*)", Pattern.DOTALL);
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private PersonLine() {
    }

    static Wanted<PersonEntry> read(Entry record, Optional<PersonEntry> present) {
        if (!record.problems().isEmpty()) {
            return new Wanted<>(null, record.problems());
        }
        Fields fields = new Fields(record);
        String name = name(record, fields, present);
        boolean sameName = present.map(PersonEntry::name).filter(name::equals).isPresent();
        String family = fields.text("family-name", sameName ? present.map(PersonEntry::family).orElse("") : first(name));
        String given = fields.text("given-name", sameName ? present.map(PersonEntry::given).orElse("") : last(name));
        List<String> further = fields.list("further-mail", present.map(PersonEntry::further).orElse(List.of()));
        List<Position> positions = positions(record, fields, present.map(PersonEntry::positions).orElse(List.of()));
        Set<Role> roles = roles(record, fields, present.map(PersonEntry::roles).orElse(Set.of()));
        boolean active = active(fields, present.map(PersonEntry::active).orElse(true));
        record.list("head-of").ifPresent(units -> units.stream().filter(unit -> !LABEL.matcher(unit.strip()).matches()).findFirst()
            .ifPresent(unit -> fields.problem("head-of", Reason.NOT_A_UNIT_NAME)));
        return fields.build(() -> new PersonEntry(fields.unlessWrong("number", record.key(), "0"), fields.unlessWrong("name", name, "x"),
            fields.unlessWrong("family-name", family, "x"), fields.unlessWrong("given-name", given, ""),
            fields.unlessWrong("mail", fields.text("mail", present.map(PersonEntry::address).orElse("")).strip(), "x@x.x"), fields.isWrong("further-mail") ? List.of() : further,
            fields.unlessWrong("unit", fields.text("unit", present.map(PersonEntry::unit).orElse("")).strip(), "x"),
            fields.unlessWrong("title", fields.text("title", present.map(PersonEntry::title).orElse("")), ""),
            fields.unlessWrong("phone", fields.text("phone", present.map(PersonEntry::phone).orElse("")).strip(), ""),
            fields.unlessWrong("mobile", fields.text("mobile", present.map(PersonEntry::mobile).orElse("")).strip(), ""), roles, active,
            fields.unlessWrong("language", fields.word("language", present.map(PersonEntry::language).orElse("vi")), "vi"), positions,
            present.map(PersonEntry::history).orElse(List.of()), present.map(PersonEntry::revision).orElse(0L)));
    }

    /** As far as a record can say it; an address is compared without regard to case. */
    static boolean isSame(PersonEntry wanted, PersonEntry present) {
        return wanted.withHistory(List.of()).withRevision(0).equals(present.withHistory(List.of()).withRevision(0));
    }

    /** Which units the person is to lead; empty where the record does not say. */
    static Optional<Set<String>> headOf(Entry record) {
        return record.list("head-of").map(units -> {
            Set<String> led = new LinkedHashSet<>();
            units.forEach(unit -> led.add(unit.strip()));
            return led;
        });
    }

    private static String name(Entry record, Fields fields, Optional<PersonEntry> present) {
        boolean parts = record.text("name").isEmpty() && present.isEmpty();
        String joined = record.text("family-name").orElse("") + ' ' + record.text("middle-name").orElse("") + ' ' + record.text("given-name").orElse("");
        return parts ? joined.replaceAll(" +", " ").strip() : fields.text("name", present.map(PersonEntry::name).orElse(""));
    }

    private static List<Position> positions(Entry record, Fields fields, List<Position> present) {
        Optional<List<String>> texts = record.list("positions");
        if (texts.isEmpty()) {
            return present;
        }
        List<Position> positions = new ArrayList<>();
        for (String text : texts.get()) {
            Optional<Position> position = Position.parse(text);
            if (position.isEmpty()) {
                fields.problem("positions", reason(text));
            } else if (!positions.contains(position.get())) {
                positions.add(position.get());
            }
        }
        return new HashSet<>(positions).equals(new HashSet<>(present)) ? present : positions;
    }

    private static Reason reason(String text) {
        Matcher parts = POSITION.matcher(text);
        if (INVISIBLE.matcher(text).find()) {
            return Reason.CONTROL_CHARACTER;
        }
        if (!parts.matches() || parts.group(2).isEmpty() || parts.group(3).isEmpty()) {
            return Reason.NOT_A_POSITION;
        }
        try {
            return LocalDate.parse(parts.group(3)).isBefore(LocalDate.parse(parts.group(2))) ? Reason.DATES_CROSS : Reason.NOT_A_POSITION;
        } catch (DateTimeParseException e) {
            return Reason.NOT_A_POSITION;
        }
    }

    private static Set<Role> roles(Entry record, Fields fields, Set<Role> present) {
        Optional<List<String>> words = record.list("role");
        if (words.isEmpty()) {
            return present;
        }
        Set<Role> roles = new HashSet<>();
        words.get().forEach(word -> Role.of(word.strip()).ifPresentOrElse(roles::add, () -> fields.problem("role", Reason.UNKNOWN_WORD)));
        return roles;
    }

    private static boolean active(Fields fields, boolean present) {
        return switch (fields.word("status", present ? "active" : "disabled")) {
            case "active" -> true;
            case "disabled" -> false;
            default -> {
                fields.problem("status", Reason.UNKNOWN_WORD);
                yield present;
            }
        };
    }

    /** Vietnamese names begin with the family's and end with the person's own. */
    private static String first(String name) {
        String stripped = name.strip();
        return stripped.contains(" ") ? stripped.substring(0, stripped.indexOf(' ')) : stripped;
    }

    private static String last(String name) {
        String stripped = name.strip();
        return stripped.contains(" ") ? stripped.substring(stripped.lastIndexOf(' ') + 1) : "";
    }
}
