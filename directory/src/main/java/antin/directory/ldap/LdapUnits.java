package antin.directory.ldap;

import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units as every process sees them. */
final class LdapUnits {

    private static final String[] ATTRIBUTES = {"ou", "displayName", "antinLevel"};
    private static final int MOST = 10_000;
    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);

    private record Remembered(Unit unit, Instant until) {
    }

    private final LdapReads reads;
    private final Places places;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>();

    LdapUnits(LdapReads reads, Places places, InstantSource clock) {
        this.reads = reads;
        this.places = places;
        this.clock = clock;
    }

    /** Without regard to case. */
    Optional<Unit> find(String id) {
        String name = id.length() > 63 ? "" : id.toLowerCase(Locale.ROOT);
        return !Places.isLabel(name) ? Optional.empty() : reads.one(places.units, UnitEntries.named(name), ATTRIBUTES).map(this::unit);
    }

    /** As {@link #find}, but what was found within five seconds is not asked again: a person's home costs no second search. */
    Optional<Unit> recent(String id) {
        Instant now = clock.instant();
        synchronized (remembered) {
            Remembered known = remembered.get(id);
            if (known != null && now.isBefore(known.until)) {
                return Optional.of(known.unit);
            }
        }
        Optional<Unit> found = find(id);
        synchronized (remembered) {
            remembered.remove(id);
            found.ifPresent(unit -> remembered.put(id, new Remembered(unit, now.plus(REMEMBERED_FOR))));
            if (remembered.size() > MOST_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return found;
    }

    /** By short name. */
    List<Unit> all() {
        List<Unit> units = new ArrayList<>();
        reads.each(places.units, UnitEntries.IS_UNIT, entry -> {
            units.add(unit(entry));
            if (units.size() > MOST) {
                throw new Problem(Kind.MISCONFIGURED, "The directory has more than " + MOST + " units, which are more than this version lists.");
            }
        }, ATTRIBUTES);
        units.sort(Comparator.comparing(Unit::id));
        return units;
    }

    private Unit unit(SearchResultEntry entry) {
        String id = text(entry, "ou", "").toLowerCase(Locale.ROOT);
        return new Unit(id, text(entry, "displayName", id), text(entry, "antinLevel", ""), UnitEntries.parent(entry, places.units));
    }

    private static String text(SearchResultEntry entry, String attribute, String otherwise) {
        String value = entry.getAttributeValue(attribute);
        return value == null ? otherwise : value;
    }
}
