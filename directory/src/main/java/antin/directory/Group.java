package antin.directory;

import java.util.List;
import java.util.Set;

/**
 * People under one name: listed one by one, or by a rule that is read anew each time.
 *
 * @param id       short name, unique among groups
 * @param name     as it is written
 * @param unit     the unit that owns it
 * @param members  who is in it
 * @param history  what happened to the entry, oldest first
 * @param revision counted up with each change; 0 for one that is not in the directory yet
 */
public record Group(String id, String name, String unit, Members members, List<String> history, long revision) {

    public Group {
        Fit.unit("id", id);
        Fit.name("name", name);
        Fit.unit("unit", unit);
        history = List.copyOf(history);
    }

    /** Who is in it; only active people count. */
    public sealed interface Members {
    }

    /** By number; at least one (groupOfNames has no empty groups, RFC 4519, 3.5). */
    public record Fixed(Set<String> people) implements Members {

        public Fixed {
            people = Set.copyOf(people);
            Fit.require(!people.isEmpty(), "members", Refusal.Reason.MISSING);
            people.forEach(number -> Fit.number("members", number));
        }
    }

    /** Everybody whose home unit this is. */
    public record OfUnit(String unit) implements Members {

        public OfUnit {
            Fit.unit("rule", unit);
        }
    }

    /** Everybody of a unit and of all units below it. */
    public record BelowUnit(String unit) implements Members {

        public BelowUnit {
            Fit.unit("rule", unit);
        }
    }

    /** The heads of all units of a level, in a unit and below it. */
    public record HeadsBelow(String unit, String level) implements Members {

        public HeadsBelow {
            Fit.unit("rule", unit);
            Fit.word("rule", level);
        }
    }

    public Group with(String changedName, Members changedMembers) {
        return new Group(id, changedName, unit, changedMembers, history, revision);
    }

    public Group withHistory(List<String> changed) {
        return new Group(id, name, unit, members, changed, revision);
    }

    public Group withRevision(long changed) {
        return new Group(id, name, unit, members, history, changed);
    }
}
