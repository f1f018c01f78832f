package antin.backbone.enrolment;

import java.util.Locale;

/**
 * Whose a certificate is.
 *
 * @param id a person's number, a unit's short name, or a system's host or client name
 */
public record Owner(Kind kind, String id) {

    /** What an owner may be. */
    public enum Kind {
        PERSON, UNIT, SYSTEM;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Owner person(String number) {
        return new Owner(Kind.PERSON, number);
    }

    public static Owner unit(String id) {
        return new Owner(Kind.UNIT, id);
    }

    public static Owner system(String name) {
        return new Owner(Kind.SYSTEM, name);
    }
}
