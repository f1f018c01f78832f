package antin.directory.password;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Set;

/**
 * What passwords must be. Staff log in with a second factor always, so eight characters do; administrators and auditors need more, of four classes.
 *
 * @param shortest              characters at least, by Unicode code points of the normalised password
 * @param shortestAdministrator the same for administrators and auditors
 * @param history               how many former passwords may not come again; 0 for none
 * @param idleDays              after so many days without a login the password opens nothing until it is reset; 0 for never
 * @param oldestDaysAdministrator after so many days an administrator or auditor must choose another; 0 for never
 * @param lockAfter             wrong tries within {@code lock}, of which the last one locks; the login passes on one less
 * @param lock                  how long; it ends by itself
 */
public record PasswordPolicy(int shortest, int shortestAdministrator, int history, int idleDays, int oldestDaysAdministrator, int lockAfter, Duration lock) {

    /** The baseline of level 3 (TCVN 14423:2026). */
    public static final PasswordPolicy LEVEL_3 = new PasswordPolicy(8, 14, 10, 45, 60, 5, Duration.ofMinutes(15));

    /** What the directory adapters send on at most. */
    public static final int MOST_BYTES = 512;
    private static final int CLASSES = CharacterClasses.all().size();
    private static final Set<Role> STRICT = Set.of(Role.CITY_ADMINISTRATOR, Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR, Role.AUDITOR);

    public PasswordPolicy {
        within("password.shortest", shortest, 1, 64);
        within("password.shortest-administrator", shortestAdministrator, shortest, 64);
        within("password.history", history, 0, 100);
        within("password.idle-days", idleDays, 0, 3_650);
        within("password.oldest-days-administrator", oldestDaysAdministrator, 0, 3_650);
        within("password.lock-after", lockAfter, 3, 1_000); // strangers and the owner need a try each before the one that locks
        within("password.lock-minutes", lock.toSeconds(), 1, Duration.ofDays(1).toSeconds());
    }

    /** Reads the keys {@code password.*}; what is absent is as in {@link #LEVEL_3}. */
    public static PasswordPolicy read(Settings settings) {
        return new PasswordPolicy(settings.number("password.shortest", LEVEL_3.shortest), settings.number("password.shortest-administrator", LEVEL_3.shortestAdministrator),
            settings.number("password.history", LEVEL_3.history), settings.number("password.idle-days", LEVEL_3.idleDays),
            settings.number("password.oldest-days-administrator", LEVEL_3.oldestDaysAdministrator), settings.number("password.lock-after", LEVEL_3.lockAfter),
            Duration.ofMinutes(settings.number("password.lock-minutes", (int) LEVEL_3.lock.toMinutes())));
    }

    /** Whether the rules for administrators are this person's. */
    public static boolean isStrictFor(Set<Role> roles) {
        return roles.stream().anyMatch(STRICT::contains);
    }

    /** The roles of {@link #isStrictFor}. */
    public static Set<Role> strictRoles() {
        return STRICT;
    }

    /** How many characters a password of theirs has at least. */
    public int shortest(Set<Role> roles) {
        return isStrictFor(roles) ? shortestAdministrator : shortest;
    }

    /**
     * The form in which a password is kept and tried (RFC 8265, 4.2.2, OpaqueString): NFC, since one keyboard sends {@code ế} as one character and
     * another as three, and any kind of space as the plain one. Whoever sets or checks a password brings it into this form first.
     */
    public static String normalised(String typed) {
        return Normalizer.normalize(typed.replaceAll("\\p{Zs}", " "), Normalizer.Form.NFC);
    }

    /** Throws {@link Refusal} on {@code password} for one that does not fit its owner. Whether it was used before, the directory says. */
    public void check(Set<Role> roles, String password, PersonEntry owner) {
        String normalised = normalised(password);
        require(normalised.codePoints().noneMatch(PasswordPolicy::isInvisible), Reason.CONTROL_CHARACTER);
        require(normalised.codePointCount(0, normalised.length()) >= shortest(roles), Reason.TOO_SHORT);
        require(normalised.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES, Reason.TOO_LONG);
        require(!isStrictFor(roles) || CharacterClasses.in(normalised) == CLASSES, Reason.TOO_SIMPLE);
        require(!OwnersWords.of(owner).areIn(normalised), Reason.CONTAINS_NAME);
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void require(boolean fit, Reason reason) {
        if (!fit) {
            throw new Refusal("password", reason);
        }
    }

    private static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be from " + least + " to " + most + ", and is " + value + ".");
        }
    }
}
