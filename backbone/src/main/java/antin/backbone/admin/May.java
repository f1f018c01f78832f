package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What a page offers: only what would not be refused. The server asks again when it is done. */
public final class May {

    private May() {
    }

    /** By the acts' names, for templates. */
    static Map<String, Boolean> of(Predicate<Act> rule, Act... acts) {
        Map<String, Boolean> may = new HashMap<>();
        for (Act act : acts) {
            may.put(act.name(), rule.test(act));
        }
        return may;
    }

    /** Whether there is anything at all that the actor may change for others. */
    static boolean administers(Actor actor) {
        return !actor.roles().contains(Role.AUDITOR) && actor.scope().isPresent();
    }

    /** Forms are for those who may change something. */
    static void requireAdministrator(Actor actor) {
        require(administers(actor));
    }

    public static void require(boolean allowed) {
        if (!allowed) {
            throw new Problem(Kind.NOT_ALLOWED, "You may not do this here.");
        }
    }

    /** Whom the actor sees whole. */
    public static PersonEntry wholePerson(Administration administration, Actor actor, String number) {
        return requireWhole(administration.people().see(actor, number));
    }

    /** A form holds the whole entry, so only those who see it whole get one. */
    static <T> T requireWhole(Seen<T> seen) {
        require(seen.whole());
        return seen.entry();
    }
}
