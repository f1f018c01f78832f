package antin.directory.transfer;

import antin.directory.transfer.Outcome.Kind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcome of each record by its line, and how many there are of each. Safe for use by many threads. */
final class Tally {

    private final Map<Integer, Kind> outcomes = new HashMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Integer, List<LineProblem>> problems = new TreeMap<>();

    synchronized void put(int line, Outcome outcome) {
        Kind before = outcomes.put(line, outcome.kind());
        if (before != null) {
            counts.merge(before, -1, Integer::sum);
        }
        counts.merge(outcome.kind(), 1, Integer::sum);
        if (!outcome.problems().isEmpty()) {
            problems.put(line, outcome.problems());
        }
    }

    synchronized boolean has(int line) {
        return outcomes.containsKey(line);
    }

    synchronized boolean isRefused(int line) {
        return outcomes.get(line) == Kind.REFUSED;
    }

    synchronized boolean isUnchanged(int line) {
        return outcomes.get(line) == Kind.UNCHANGED;
    }

    synchronized int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    synchronized int done() {
        return outcomes.size();
    }

    /** The first ones by line. */
    synchronized List<LineProblem> problems(int most) {
        return problems.values().stream().flatMap(List::stream).sorted(Comparator.comparingInt(LineProblem::line).thenComparingInt(LineProblem::column)).limit(most).toList();
    }
}
