package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a key may be used for. An empty set, no hours and a limit of 0 say nothing; the scope {@code seal:KEY} is needed in any case.
 *
 * @param owners          the persons who answer for it, by number, until it is handed over; no other person may use it
 * @param clients         through which it may be used, by client id
 * @param formats         in which it signs, such as {@code PAdES}
 * @param dailyLimit      uses from midnight to midnight of the city's time
 * @param afterASignature whether it seals only what somebody else has signed (Decree 30/2020/NĐ-CP, Article 13)
 * @param leadersOf       the units, by short name, one of whose leaders must have signed; anybody where empty
 */
public record KeyRule(Set<String> owners, Set<String> clients, Set<String> formats, Optional<Hours> hours, int dailyLimit, boolean afterASignature,
    List<String> leadersOf) {

    /** From, included, to until, excluded, in the city's time; over midnight where until is the earlier. */
    public record Hours(LocalTime from, LocalTime until) {

        boolean contain(LocalTime time) {
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(until);
            return from.isBefore(until) ? after && before : after || before;
        }

        static Hours of(String key, String text) {
            try {
                String[] ends = text.split("-", -1);
                if (ends.length == 2 && !LocalTime.parse(ends[0]).equals(LocalTime.parse(ends[1]))) {
                    return new Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
                }
            } catch (DateTimeParseException e) {
                throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be two times such as 07:00-18:30, and is \"" + text + "\".", e);
            }
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be two different times such as 07:00-18:30, and is \"" + text + "\".");
        }

        @Override
        public String toString() {
            return from + "-" + until;
        }
    }

    public KeyRule {
        owners = Set.copyOf(owners);
        clients = Set.copyOf(clients);
        formats = Set.copyOf(formats);
        leadersOf = List.copyOf(leadersOf);
    }

    /** {@code key.NAME.owners}, {@code .clients}, {@code .formats}, {@code .hours}, {@code .daily-limit}, {@code .after-a-signature} and {@code .leaders-of}, which needs no other word for it. */
    public static KeyRule read(Settings settings, String name, boolean usuallyAfterASignature) {
        String begin = "key." + name + '.';
        List<String> leadersOf = settings.list(begin + "leaders-of");
        int limit = settings.number(begin + "daily-limit", 0);
        if (limit < 0) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + begin + "daily-limit must be a number from 0 (no limit) up.");
        }
        return new KeyRule(Set.copyOf(settings.list(begin + "owners")), Set.copyOf(settings.list(begin + "clients")), Set.copyOf(settings.list(begin + "formats")),
            settings.optionalText(begin + "hours").map(text -> Hours.of(begin + "hours", text)), limit, leadersOf.isEmpty() ? settings.flag(begin + "after-a-signature", usuallyAfterASignature) : true, leadersOf);
    }
}
