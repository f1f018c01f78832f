package antin.directory.index;

import antin.directory.FunctionalMailbox;
import antin.directory.Group;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.UnitEntry;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.process.BackgroundThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole directory in memory. It follows what others write within {@link #PEOPLE_EVERY} (people) and {@link #REST_EVERY} (the rest), reads all anew
 * {@link #ALL_EVERY}, and takes its own process's writes at once. People come without their history, which the register keeps. Safe for use by many threads. Before all was
 * read once, every question is a {@link Problem} of kind PEER_UNAVAILABLE.
 */
public final class DirectoryIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryIndex.class);
    private static final Duration PEOPLE_EVERY = Duration.ofSeconds(2);
    private static final Duration REST_EVERY = Duration.ofSeconds(30);
    private static final Duration ALL_EVERY = Duration.ofMinutes(10);
    /** A write may be seen later than its time says, and clocks differ a little. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final Register register;
    private final Clock clock;
    private final BackgroundThread thread;
    private final Rows rows = new Rows();
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, FunctionalMailbox> mailboxes = new ConcurrentHashMap<>();
    private final Object reading = new Object();
    private volatile UnitTree tree = UnitTree.EMPTY;
    private volatile boolean loaded;
    /** What this process wrote or removed while everything is read: the reading may have missed it. */
    private final Set<String> meanwhile = ConcurrentHashMap.newKeySet();

    public DirectoryIndex(Register register, Clock clock) {
        this.register = register;
        this.clock = clock;
        this.thread = new BackgroundThread("directory-index", this::follow);
    }

    /** Reads and follows in a thread of its own. */
    public void start() {
        thread.start();
    }

    /** Whether all was read once. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Reads all anew, now. */
    public void read() {
        synchronized (reading) {
            meanwhile.clear();
            readTheRest();
            Set<String> numbers = new HashSet<>();
            register.people(person -> {
                numbers.add(person.number());
                rows.take(person);
            });
            meanwhile.stream().filter(key -> key.startsWith("person/")).forEach(key -> numbers.add(key.substring("person/".length())));
            rows.keepOnly(numbers);
            loaded = true;
        }
    }

    public UnitTree tree() {
        requireLoaded();
        return tree;
    }

    /** Without history. */
    public Optional<PersonEntry> person(String number) {
        requireLoaded();
        return rows.person(number);
    }

    /** Without history, in alphabetical order. */
    public List<PersonEntry> people(Predicate<PersonEntry> wanted) {
        requireLoaded();
        return rows.where(wanted);
    }

    public int size() {
        requireLoaded();
        return rows.size();
    }

    /** How many active people have their home there. */
    public int active(Set<String> units) {
        requireLoaded();
        return rows.active(units);
    }

    public Optional<Group> group(String id) {
        requireLoaded();
        return Optional.ofNullable(groups.get(id));
    }

    /** By name. */
    public List<Group> groups() {
        requireLoaded();
        return groups.values().stream().sorted(Comparator.comparing((Group group) -> VietnameseOrder.key(group.name())).thenComparing(Group::id)).toList();
    }

    public Optional<FunctionalMailbox> mailbox(String id) {
        requireLoaded();
        return Optional.ofNullable(mailboxes.get(id));
    }

    /** By name. */
    public List<FunctionalMailbox> mailboxes() {
        requireLoaded();
        return mailboxes.values().stream().sorted(Comparator.comparing((FunctionalMailbox mailbox) -> VietnameseOrder.key(mailbox.name())).thenComparing(FunctionalMailbox::id)).toList();
    }

    /** The highest number that anybody has, of those with up to 18 digits. */
    public OptionalLong highestNumber() {
        requireLoaded();
        return rows.where(person -> person.number().length() <= 18).stream().mapToLong(person -> Long.parseLong(person.number())).max();
    }

    /**
     * Finds people by words of their name with or without marks in any order, addresses, numbers, digits of a phone, words of titles and of their unit's name; an
     * empty text finds all. Best first, then by given and family name in Vietnamese order.
     *
     * @param units the home units to look in; empty for everywhere
     * @param whole whose private phone and status may be looked at
     */
    public Matches search(String text, Optional<Set<String>> units, boolean withDisabled, Predicate<PersonEntry> whole, int from, int size) {
        requireLoaded();
        Query query = new Query(text, tree);
        Set<String> within = units.orElse(null);
        return rows.search(query, row -> (within == null || within.contains(row.person().unit())) && (row.person().active() || withDisabled && whole.test(row.person())),
            row -> whole.test(row.person()), Math.max(0, from), Math.clamp(size, 0, 1_000));
    }

    /** What this process wrote: seen by the next question. */
    public void took(PersonEntry person) {
        meanwhile.add("person/" + person.number());
        rows.take(person);
    }

    public synchronized void took(UnitEntry unit) {
        meanwhile.add("unit/" + unit.id());
        if (tree.entry(unit.id()).filter(there -> there.revision() > unit.revision()).isEmpty()) {
            tree = tree.with(unit);
        }
    }

    public void took(Group group) {
        meanwhile.add("group/" + group.id());
        groups.merge(group.id(), group, later(Group::revision));
    }

    public void took(FunctionalMailbox mailbox) {
        meanwhile.add("mailbox/" + mailbox.id());
        mailboxes.merge(mailbox.id(), mailbox, later(FunctionalMailbox::revision));
    }

    public void removed(Group group) {
        meanwhile.add("group/" + group.id());
        groups.remove(group.id());
    }

    public void removed(FunctionalMailbox mailbox) {
        meanwhile.add("mailbox/" + mailbox.id());
        mailboxes.remove(mailbox.id());
    }

    @Override
    public void close() {
        thread.close();
    }

    private void follow() {
        Instant all = Instant.MIN;
        Instant rest = Instant.MIN;
        Instant people = Instant.MIN;
        while (!thread.isClosed()) {
            Instant now = clock.instant();
            try {
                if (!now.isBefore(all)) {
                    read();
                    all = now.plus(ALL_EVERY);
                    rest = now.plus(REST_EVERY);
                } else {
                    register.peopleChangedSince(people.minus(OVERLAP), rows::take);
                }
                people = now;
                if (!now.isBefore(rest)) {
                    synchronized (reading) {
                        meanwhile.clear();
                        readTheRest();
                    }
                    rest = now.plus(REST_EVERY);
                }
            } catch (Problem e) {
                if (e.kind() != Kind.PEER_UNAVAILABLE) {
                    LOG.error("The directory's index cannot be read", e);
                }
            } catch (RuntimeException e) {
                LOG.error("The directory's index cannot be read", e);
            }
            thread.rest(PEOPLE_EVERY);
        }
    }

    private void readTheRest() {
        List<UnitEntry> units = register.units();
        synchronized (this) {
            UnitTree read = UnitTree.of(units);
            // Units are never removed, so one that we know and that is missing now was added while this was read.
            for (UnitEntry ours : tree.entries()) {
                if (meanwhile.contains("unit/" + ours.id()) && read.entry(ours.id()).filter(there -> there.revision() >= ours.revision()).isEmpty()) {
                    read = read.with(ours);
                }
            }
            tree = read;
        }
        replace(groups, register.groups(), "group/", Group::id, Group::revision);
        replace(mailboxes, register.mailboxes(), "mailbox/", FunctionalMailbox::id, FunctionalMailbox::revision);
    }

    private <T> void replace(Map<String, T> known, List<T> read, String kind, Function<T, String> id, ToLongFunction<T> revision) {
        Set<String> there = new HashSet<>();
        for (T entry : read) {
            there.add(id.apply(entry));
            if (!meanwhile.contains(kind + id.apply(entry))) {
                known.merge(id.apply(entry), entry, later(revision));
            }
        }
        known.keySet().removeIf(name -> !there.contains(name) && !meanwhile.contains(kind + name));
    }

    private static <T> BinaryOperator<T> later(ToLongFunction<T> revision) {
        return (before, after) -> revision.applyAsLong(before) > revision.applyAsLong(after) ? before : after;
    }

    private void requireLoaded() {
        if (!loaded) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The directory is being read: try again in a moment.");
        }
    }
}
