package antin.directory.transfer;

import antin.directory.PersonEntry;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.index.DirectoryIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The first time through a file, before anything is written: what is wrong with a record by itself, and what two records both want. The first one has it. */
final class Check implements Source.Reader {

    static final int MOST = 200_000;

    private final DirectoryIndex index;
    private final Map<Integer, List<LineProblem>> problems = new TreeMap<>();
    private final Map<String, Entry> units = new LinkedHashMap<>();
    /** What is had once only, such as {@code mail an.nguyen@city.example}, and by whom. */
    private final Map<String, String> claims = new HashMap<>();
    private int lines;
    private int last;

    Check(DirectoryIndex index) {
        this.index = index;
    }

    @Override
    public void take(Entry entry) {
        if (entry.line() != last) { // the head of a unit is part of its record
            lines++;
            last = entry.line();
        }
        List<LineProblem> found = switch (entry.kind()) {
            case PERSON -> person(entry);
            case UNIT -> unit(entry);
            case HEAD -> entry.problems().isEmpty() ? head(entry) : entry.problems();
            case UNKNOWN -> entry.problems();
        };
        if (!found.isEmpty()) {
            problems.merge(entry.line(), found, (one, other) -> one);
        }
    }

    int lines() {
        return lines;
    }

    /** By line. */
    Map<Integer, List<LineProblem>> problems() {
        return problems;
    }

    /** Units in an order in which none comes before the one above it; those that stand below themselves are refused, and remembered as such. */
    List<Entry> unitsFromTheTop() {
        for (Entry unit : units.values()) {
            if (isBelowItself(unit)) {
                problems.put(unit.line(), List.of(Wanted.of(unit, "parent", Reason.BELOW_ITSELF)));
            }
        }
        Map<Integer, List<Entry>> byDepth = new TreeMap<>();
        units.values().stream().filter(unit -> !problems.containsKey(unit.line())).forEach(unit -> byDepth.computeIfAbsent(depth(unit), depth -> new ArrayList<>()).add(unit));
        return byDepth.values().stream().flatMap(List::stream).toList();
    }

    /** Whether the way up from the unit comes back to it. */
    private boolean isBelowItself(Entry unit) {
        Entry next = above(unit);
        for (int i = 0; next != null && i <= units.size(); i++) {
            if (next.key().equals(unit.key())) {
                return true;
            }
            next = above(next);
        }
        return false;
    }

    /** How many units of this file stand above it; bounded, since some may stand below themselves. */
    private int depth(Entry unit) {
        int depth = 0;
        for (Entry next = above(unit); next != null && depth <= units.size(); next = above(next)) {
            depth++;
        }
        return depth;
    }

    private @Nullable Entry above(Entry unit) {
        return units.get(unit.text("parent").orElse("").strip());
    }

    private List<LineProblem> person(Entry entry) {
        Wanted<PersonEntry> wanted = PersonLine.read(entry, index.person(entry.key()));
        PersonEntry person = wanted.entry();
        if (person == null) {
            return wanted.problems();
        }
        List<LineProblem> found = new ArrayList<>();
        if (!claim("number", person.number(), entry.line() + "")) {
            return List.of(Wanted.of(entry, "number", Reason.EXISTS));
        }
        if (!claim("mail", person.address(), person.number())) {
            found.add(Wanted.of(entry, "mail", Reason.TAKEN));
        }
        if (!person.further().stream().allMatch(address -> claim("mail", address, person.number()))) {
            found.add(Wanted.of(entry, "further-mail", Reason.TAKEN));
        }
        if (!PersonLine.headOf(entry).orElse(Set.of()).stream().allMatch(unit -> claim("head", unit, person.number()))) {
            found.add(Wanted.of(entry, "head-of", Reason.TWO_HEADS));
        }
        return found;
    }

    private List<LineProblem> unit(Entry entry) {
        Wanted<UnitEntry> wanted = UnitLine.read(entry, index.tree().entry(entry.key()));
        UnitEntry unit = wanted.entry();
        if (unit == null) {
            return wanted.problems();
        }
        if (!claim("id", unit.id(), entry.line() + "")) {
            return List.of(Wanted.of(entry, "id", Reason.EXISTS));
        }
        if (!unit.organizationId().isEmpty() && !claim("organization-id", unit.organizationId(), unit.id())) {
            return List.of(Wanted.of(entry, "organization-id", Reason.TAKEN));
        }
        units.put(unit.id(), entry);
        return List.of();
    }

    private List<LineProblem> head(Entry entry) {
        return claim("head", entry.key(), entry.text("head").orElse("")) ? List.of() : List.of(Wanted.of(entry, "head", Reason.TWO_HEADS));
    }

    /** Whether nobody before this one wanted it. */
    private boolean claim(String what, String value, String who) {
        return Optional.ofNullable(claims.putIfAbsent(what + ' ' + value, who)).filter(other -> !other.equals(who)).isEmpty();
    }
}
