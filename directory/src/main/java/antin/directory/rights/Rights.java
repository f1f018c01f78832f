package antin.directory.rights;

import antin.directory.Role;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;

/**
 * Decides who may do what where. District and commune administrators have the same rights, each for one unit and all below it ({@link Actor#of}), so that
 * two levels or four need no other rules; those of the city for all units, since whoever adds a tree (Party bodies beside the government's) must be able to fill
 * it; none of them for a person with more rights than they have; an auditor reads all and changes nothing, whatever else they are; everybody sees public data and changes their own
 * phone, photo and language. Immutable, safe for many threads, asks nobody.
 */
public final class Rights {

    private Rights() {
    }

    /** Whether {@code actor} may do {@code act} to what stands at {@code place}. */
    public static boolean may(Actor actor, Act act, Place place) {
        if (actor.roles().contains(Role.AUDITOR)) {
            return act.isReading() || act.forSelfOnly() && isSelf(actor, place);
        }
        return switch (act.reach()) {
            case EVERYBODY -> true;
            case OWN_PERSON -> isSelf(actor, place) || !act.forSelfOnly() && administers(actor, place);
            // Nobody gives themselves a role, a unit or a new life after they were disabled: another administrator does,
            // and none with fewer rights: resetting a password is a way to borrow them.
            case SUBTREE -> administers(actor, place) && (act.isReading() || !isSelf(actor, place) && Rank.of(place.roles()) <= Rank.of(actor.roles()));
            case BELOW_OWN_UNIT -> administers(actor, place) && actor.scope().filter(place::is).isEmpty();
            case CITY -> actor.roles().contains(Role.CITY_ADMINISTRATOR);
        };
    }

    /** As {@link #may}; throws {@link Problem} of kind NOT_ALLOWED, which tells nothing of the target, where the answer is no. */
    public static void require(Actor actor, Act act, Place place) {
        if (!may(actor, act, place)) {
            throw new Problem(Kind.NOT_ALLOWED, "You may not do this here.");
        }
    }

    /**
     * Whether {@code actor} may give {@code role} to the person at {@code place}, or take it away. Nobody passes on more than they have: a
     * commune's administrator makes no district administrators; auditors, who also watch administrators, are named by the city only.
     */
    public static boolean mayGrant(Actor actor, Role role, Place place) {
        if (!may(actor, Act.CHANGE_ROLES, place)) {
            return false;
        }
        return switch (role) {
            case CITY_ADMINISTRATOR, AUDITOR -> actor.roles().contains(Role.CITY_ADMINISTRATOR);
            case DISTRICT_ADMINISTRATOR -> actor.roles().contains(Role.CITY_ADMINISTRATOR) || actor.roles().contains(Role.DISTRICT_ADMINISTRATOR);
            case COMMUNE_ADMINISTRATOR, LEADER, CLERK, STAFF -> true;
        };
    }

    private static boolean isSelf(Actor actor, Place place) {
        return place.person().filter(actor.number()::equals).isPresent();
    }

    private static boolean administers(Actor actor, Place place) {
        return isAdministrator(actor) && actor.scope().filter(scope -> actor.roles().contains(Role.CITY_ADMINISTRATOR) || place.isIn(scope)).isPresent();
    }

    private static boolean isAdministrator(Actor actor) {
        return Rank.highest(actor.roles()) != null;
    }
}
