package antin.directory.index;

import antin.directory.Unit;
import antin.directory.UnitEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All units at one time, closed ones included. Immutable. */
public final class UnitTree {

    static final UnitTree EMPTY = of(List.of());
    private static final String TOP = "";

    /** A unit with what is slow to find out about it. */
    private record Node(UnitEntry entry, String order, String words) {

        static Node of(UnitEntry entry) {
            return new Node(entry, VietnameseOrder.key(entry.name()) + '\u0000' + entry.id(), ' ' + Folded.words(entry.name()) + ' ');
        }
    }

    private final Map<String, Node> nodes;
    private final Map<String, Unit> units;
    private final Map<String, List<Node>> below = new HashMap<>();
    private final Map<String, List<UnitEntry>> heads = new HashMap<>();

    private UnitTree(Map<String, Node> nodes) {
        this.nodes = nodes;
        Map<String, Unit> byName = HashMap.newHashMap(nodes.size());
        nodes.values().forEach(node -> {
            byName.put(node.entry.id(), node.entry.unit());
            below.computeIfAbsent(above(node.entry), id -> new ArrayList<>()).add(node);
            node.entry.head().ifPresent(head -> heads.computeIfAbsent(head, number -> new ArrayList<>()).add(node.entry));
        });
        units = Collections.unmodifiableMap(byName);
    }

    static UnitTree of(Collection<UnitEntry> all) {
        return new UnitTree(all.stream().map(Node::of).collect(Collectors.toMap(node -> node.entry.id(), node -> node, (one, other) -> one)));
    }

    /** The same with this one added or in place of the one that had its name. */
    UnitTree with(UnitEntry changed) {
        Map<String, Node> all = new HashMap<>(nodes);
        all.put(changed.id(), Node.of(changed));
        return new UnitTree(all);
    }

    public Optional<UnitEntry> entry(String id) {
        return Optional.ofNullable(nodes.get(id)).map(Node::entry);
    }

    public List<UnitEntry> entries() {
        return nodes.values().stream().map(Node::entry).toList();
    }

    /** By short name, as {@link antin.directory.rights.Place} reads them. */
    public Map<String, Unit> units() {
        return units;
    }

    /** Those without a unit above, or whose unit above does not exist; by name. */
    public List<UnitEntry> top() {
        return sorted(TOP);
    }

    /** Right below, by name. */
    public List<UnitEntry> below(String id) {
        return id.isEmpty() ? List.of() : sorted(id);
    }

    /** From the top down to the unit itself; empty for an unknown one. */
    public List<UnitEntry> path(String id) {
        Map<String, UnitEntry> path = new LinkedHashMap<>();
        Optional<UnitEntry> next = entry(id);
        while (next.isPresent() && path.putIfAbsent(next.get().id(), next.get()) == null) {
            next = Optional.ofNullable(next.get().parent()).flatMap(this::entry);
        }
        return new ArrayList<>(path.values()).reversed();
    }

    /** The unit and all below it; empty for an unknown one. */
    public Set<String> within(String id) {
        Set<String> within = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(nodes.containsKey(id) ? List.of(id) : List.of());
        while (!next.isEmpty()) {
            String unit = next.pop();
            if (within.add(unit)) {
                below.getOrDefault(unit, List.of()).forEach(node -> next.push(node.entry.id()));
            }
        }
        return within;
    }

    /** Which units this person leads. */
    public List<UnitEntry> headedBy(String number) {
        return heads.getOrDefault(number, List.of()).stream().sorted(Comparator.comparing(UnitEntry::id)).toList();
    }

    /** Units in whose names a word begins so, written without marks. */
    Set<String> namedWith(String word) {
        return nodes.values().stream().filter(node -> node.words.contains(' ' + word)).map(node -> node.entry.id()).collect(Collectors.toSet());
    }

    private List<UnitEntry> sorted(String above) {
        return below.getOrDefault(above, List.of()).stream().sorted(Comparator.comparing(Node::order)).map(Node::entry).toList();
    }

    private String above(UnitEntry entry) {
        String parent = entry.parent();
        return parent == null || !nodes.containsKey(parent) ? TOP : parent;
    }
}
