package antin.backbone.admin;

import antin.backbone.approval.Approval;
import antin.backbone.enrolment.Owner;
import antin.directory.Body;
import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.HistoryLine;
import antin.web.ReaderTimes;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** What the directory says in words of its own, in the reader's: levels, kinds and bodies, names for numbers, dates, history. */
public final class Words {

    /** A line of history; {@code what} is the whole line where nobody wrote it in our form. */
    public record Event(String time, String who, String what, String before, String after) {
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final MessageSource messages;
    private final Locale locale;
    private final Administration administration;

    Words(MessageSource messages, Locale locale, Administration administration) {
        this.messages = messages;
        this.locale = locale;
        this.administration = administration;
    }

    /** Levels and kinds are data: one that has no text is shown as it is. */
    public String level(String word) {
        return word("level.", word);
    }

    public String kind(String word) {
        return word("kind.", word);
    }

    public String body(Optional<Body> body) {
        return body.map(present -> word("body.", present.word())).orElse("");
    }

    public String body(Body body) {
        return word("body.", body.word());
    }

    public String role(Role role) {
        return word("role.", role.word());
    }

    /** Level, kind and body of a unit in one line, without what is not known. */
    public String about(UnitEntry unit) {
        return String.join(" · ", Stream.of(level(unit.level()), kind(unit.kind()), body(unit.body())).filter(text -> !text.isEmpty()).toList());
    }

    public String unit(String id) {
        return administration.index().tree().entry(id).map(UnitEntry::name).orElse(id);
    }

    public String person(String number) {
        return administration.index().person(number).map(PersonEntry::name).orElse(number);
    }

    /** Whom an approval is for. */
    public String beneficiary(Approval approval) {
        return switch (approval.act().beneficiary()) {
            case PERSON -> person(approval.beneficiary());
            case UNIT -> unit(approval.beneficiary());
            case SYSTEM -> approval.beneficiary();
        };
    }

    /** Whose a certificate is. */
    public String owner(Owner owner) {
        return switch (owner.kind()) {
            case PERSON -> person(owner.id());
            case UNIT -> unit(owner.id());
            case SYSTEM -> owner.id();
        };
    }

    public String group(String id) {
        return administration.index().group(id).map(group -> group.name()).orElse(id);
    }

    public String date(@Nullable LocalDate date) {
        return date == null ? "" : DATE.format(date);
    }

    /** The newest first. */
    public List<Event> history(List<String> lines) {
        return lines.reversed().stream().map(this::event).toList();
    }

    private Event event(String line) {
        return HistoryLine.parse(line).map(parsed -> new Event(new ReaderTimes().dateAndTime(parsed.time()), who(parsed.by()), word("field.", parsed.what()), value(parsed.what(), parsed.before()),
            value(parsed.what(), parsed.after())))
            .orElseGet(() -> new Event("", "", line, "", ""));
    }

    /** A value of the field as people read it. */
    private String value(String field, String value) {
        return value.isEmpty() ? "" : switch (field) {
            case "unit", "parent", "created" -> unit(value);
            case "head" -> person(value);
            case "role" -> each(value, one -> word("role.", one));
            case "positions" -> each(value, one -> Position.parse(one).map(this::position).orElse(one));
            case "level" -> level(value);
            case "kind" -> kind(value);
            case "body" -> word("body.", value);
            case "status", "password" -> word("value.", value);
            default -> value;
        };
    }

    private static String each(String values, UnaryOperator<String> text) {
        return Stream.of(values.split("; ")).map(text).collect(Collectors.joining("; "));
    }

    private String position(Position position) {
        String dates = position.from() == null && position.to() == null ? "" : " (" + date(position.from()) + " – " + date(position.to()) + ')';
        return position.title() + ", " + unit(position.unit()) + dates;
    }

    private String who(String by) {
        return by.matches("[0-9]{1,32}") ? person(by) : by;
    }

    private String word(String kind, String word) {
        return word.isEmpty() ? "" : String.valueOf(messages.getMessage(kind + word, null, word, locale));
    }
}
