package antin.directory.transfer;

import antin.directory.Body;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.transfer.Wanted.Fields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A unit as a record wants it: what it does not speak of stays as it is. Who leads it is another matter. */
final class UnitLine {

    private UnitLine() {
    }

    static Wanted<UnitEntry> read(Entry record, Optional<UnitEntry> present) {
        if (!record.problems().isEmpty()) {
            return new Wanted<>(null, record.problems());
        }
        Fields fields = new Fields(record);
        String parent = fields.text("parent", present.map(unit -> Objects.requireNonNullElse(unit.parent(), "")).orElse("")).strip();
        Optional<Body> body = body(record, fields, present.flatMap(UnitEntry::body));
        boolean active = active(fields, present.map(UnitEntry::active).orElse(true));
        return fields.build(() -> new UnitEntry(fields.unlessWrong("id", record.key(), "x"), fields.unlessWrong("name", fields.text("name", present.map(UnitEntry::name).orElse("")), "x"),
            fields.unlessWrong("level", fields.word("level", present.map(UnitEntry::level).orElse("")), "x"),
            parent.isEmpty() || fields.isWrong("parent") ? null : parent, fields.unlessWrong("kind", fields.text("kind", present.map(UnitEntry::kind).orElse("")).strip(), ""), body,
            fields.unlessWrong("organization-id", fields.text("organization-id", present.map(UnitEntry::organizationId).orElse("")).strip(), ""),
            fields.unlessWrong("address", fields.text("address", present.map(UnitEntry::postalAddress).orElse("")), ""),
            fields.unlessWrong("phone", fields.text("phone", present.map(UnitEntry::phone).orElse("")).strip(), ""),
            fields.unlessWrong("mail", fields.text("mail", present.map(UnitEntry::mail).orElse("")).strip(), ""),
            fields.unlessWrong("website", fields.text("website", present.map(UnitEntry::website).orElse("")).strip(), ""),
            present.flatMap(UnitEntry::head), active, present.map(UnitEntry::history).orElse(List.of()), present.map(UnitEntry::revision).orElse(0L)));
    }

    static boolean isSame(UnitEntry wanted, UnitEntry present) {
        return wanted.withHistory(List.of()).withRevision(0).equals(present.withHistory(List.of()).withRevision(0));
    }

    private static Optional<Body> body(Entry record, Fields fields, Optional<Body> present) {
        Optional<String> word = record.text("body").map(String::strip);
        if (word.isEmpty() || word.get().isEmpty()) {
            return word.isEmpty() ? present : Optional.empty();
        }
        Optional<Body> body = Body.of(word.get());
        if (body.isEmpty()) {
            fields.problem("body", Reason.UNKNOWN_WORD);
        }
        return body;
    }

    private static boolean active(Fields fields, boolean present) {
        return switch (fields.word("status", present ? "active" : "closed")) {
            case "active" -> true;
            case "closed", "disabled" -> false; // the second one is how LDAP has it
            default -> {
                fields.problem("status", Reason.UNKNOWN_WORD);
                yield present;
            }
        };
    }
}
