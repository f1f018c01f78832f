package antin.directory.index;

import antin.directory.PersonEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** All people, and the order in which they are shown. Safe for use by many threads; a search sees what was taken before it began. */
final class Rows {

    /** People in order, and how many active ones each unit has. */
    private record Ordered(Row[] rows, Map<String, Integer> counts) {
    }

    private final Map<String, Row> byNumber = new ConcurrentHashMap<>();
    private final Map<String, String> same = new ConcurrentHashMap<>();
    /** Numbers whose row is another one than in {@link #ordered}. */
    private Set<String> changed = new HashSet<>();
    private Ordered ordered = new Ordered(new Row[0], Map.of());

    /** Takes the entry unless a later one is there: what is read may be older than what we wrote meanwhile. */
    void take(PersonEntry person) {
        Row row = Row.of(person, text -> same.computeIfAbsent(text, key -> key));
        synchronized (this) {
            Row before = byNumber.get(person.number());
            if (before == null || before.person().revision() <= person.revision() && !before.person().equals(row.person())) {
                byNumber.put(person.number(), row);
                changed.add(person.number());
            }
        }
    }

    /** Forgets all but these: somebody removed them by other means. */
    synchronized void keepOnly(Set<String> numbers) {
        for (String number : List.copyOf(byNumber.keySet())) {
            if (!numbers.contains(number)) {
                byNumber.remove(number);
                changed.add(number);
            }
        }
    }

    Optional<PersonEntry> person(String number) {
        return Optional.ofNullable(byNumber.get(number)).map(Row::person);
    }

    int size() {
        return byNumber.size();
    }

    int active(Set<String> units) {
        Map<String, Integer> counts = ordered().counts;
        return units.stream().mapToInt(unit -> counts.getOrDefault(unit, 0)).sum();
    }

    /** In order, without a copy of them all. */
    List<PersonEntry> where(Predicate<PersonEntry> wanted) {
        List<PersonEntry> found = new ArrayList<>();
        for (Row row : ordered().rows) {
            if (wanted.test(row.person())) {
                found.add(row.person());
            }
        }
        return found;
    }

    /** The rows that pass, best first. */
    Matches search(Query query, Predicate<Row> shown, Predicate<Row> whole, int from, int size) {
        Row[] rows = ordered().rows;
        int[] ranks = new int[rows.length];
        int[] counts = new int[Query.RANKS];
        int total = 0;
        for (int i = 0; i < rows.length; i++) {
            ranks[i] = shown.test(rows[i]) ? query.rank(rows[i], whole) : Query.NO;
            if (ranks[i] != Query.NO) {
                counts[ranks[i]]++;
                total++;
            }
        }
        List<PersonEntry> page = new ArrayList<>(Math.min(size, total));
        int skip = from;
        for (int rank = 0; rank < Query.RANKS && page.size() < size; rank++) {
            if (skip >= counts[rank]) {
                skip -= counts[rank];
                continue;
            }
            for (int i = 0; i < rows.length && page.size() < size; i++) {
                if (ranks[i] == rank && skip-- <= 0) {
                    page.add(rows[i].person());
                }
            }
            skip = 0;
        }
        return new Matches(page, total);
    }

    /** Puts what changed into the order: one pass, since the rest is sorted already. */
    private synchronized Ordered ordered() {
        if (!changed.isEmpty()) {
            Row[] fresh = changed.stream().flatMap(number -> Optional.ofNullable(byNumber.get(number)).stream()).sorted().toArray(Row[]::new);
            Row[] merged = new Row[byNumber.size()];
            int at = 0;
            int next = 0;
            for (Row row : ordered.rows) {
                if (changed.contains(row.person().number())) {
                    continue;
                }
                while (next < fresh.length && fresh[next].compareTo(row) < 0) {
                    merged[at++] = fresh[next++];
                }
                merged[at++] = row;
            }
            System.arraycopy(fresh, next, merged, at, fresh.length - next);
            changed = new HashSet<>();
            Map<String, Integer> counts = new HashMap<>();
            for (Row row : merged) {
                if (row.person().active()) {
                    counts.merge(row.person().unit(), 1, Integer::sum);
                }
            }
            ordered = new Ordered(merged, counts);
        }
        return ordered;
    }
}
