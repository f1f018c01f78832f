package antin.directory;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.Locale;

/** A change that the directory does not take, and the field that is to blame: a page shows it there, an import names its column. Nothing was changed. */
public final class Refusal extends RuntimeException {

    /** Why. Each has a text {@code refusal.WORD} in the pages' languages. */
    public enum Reason {
        MISSING("This is needed."),
        TOO_LONG("This is too long."),
        CONTROL_CHARACTER("There is a character in it that nobody can see."),
        NOT_A_NUMBER("A number has 1 to 32 digits."),
        NOT_AN_ADDRESS("This is no mail address."),
        NOT_OURS("The address is in no domain of the city."),
        NOT_A_UNIT_NAME("A short name has up to 63 lower-case letters, digits and hyphens."),
        NOT_A_WORD("This has other characters than lower-case letters, digits and hyphens."),
        NOT_A_PHONE("This is no telephone number."),
        NOT_A_LANGUAGE("The language is vi or en."),
        NOT_AN_ORGANIZATION_ID("The identifier of an agency looks like 000.00.01.P29."),
        NOT_A_WEBSITE("This is no http or https address."),
        NOT_A_POSITION("A position is UNIT/FROM/TO/TITLE with dates such as 2026-07-01."),
        DATES_CROSS("It ends before it begins."),
        UNKNOWN_WORD("This word is not known here."),
        UNKNOWN_UNIT("There is no such unit."),
        UNKNOWN_PERSON("There is no such person."),
        UNKNOWN_GROUP("There is no such group."),
        TAKEN("Somebody else has this."),
        EXISTS("This is there already."),
        TWO_HEADS("The unit has another head."),
        NOT_A_MEMBER("The head of a unit works in it."),
        BELOW_ITSELF("A unit cannot stand below itself."),
        WRONG_LEVEL("This level cannot stand below the one above it."),
        NOT_EMPTY("There are people or units in it."),
        CLOSED("It is closed."),
        STILL_USED("Something else still needs it."),
        CHANGED_MEANWHILE("Somebody else changed it meanwhile."),
        NOT_ALLOWED("You may not do this here."),
        TOO_SHORT("This is too short."),
        TOO_SIMPLE("It needs lower-case and upper-case letters, digits and other characters."),
        USED_BEFORE("It was used before."),
        CONTAINS_NAME("It contains the name, the number or the address of its owner."),
        MALFORMED("This cannot be read.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** In English. */
        public String sentence() {
            return sentence;
        }

        /** Such as {@code not-an-address}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String field;
    private final Reason reason;

    /** @param field as a CSV column is called, such as {@code family-name}; empty for the whole entry */
    public Refusal(String field, Reason reason) {
        super(field.isEmpty() ? reason.sentence : field + ": " + reason.sentence);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }

    /** For callers that know no fields. */
    public Problem problem() {
        Kind kind = switch (reason) {
            case NOT_ALLOWED -> Kind.NOT_ALLOWED;
            case TAKEN, EXISTS, TWO_HEADS, BELOW_ITSELF, WRONG_LEVEL, NOT_EMPTY, CLOSED, STILL_USED, CHANGED_MEANWHILE -> Kind.CONFLICT;
            default -> Kind.MALFORMED_REQUEST;
        };
        return new Problem(kind, String.valueOf(getMessage()), this);
    }
}
