package antin.directory.ldap;

import antin.directory.Group.BelowUnit;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.Members;
import antin.directory.Group.OfUnit;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Optional;

/**
 * Rules of groups as {@code memberURL} (RFC 4516): people by {@code antinUnit}, the units below a unit, or their heads. A unit is named by the first part of the base only, and looked
 * for anew, since its place changes.
 */
final class Rules {

    private static final String[] NO_ATTRIBUTES = {};

    private final Places places;
    private final UnitEntries units;

    Rules(Places places, UnitEntries units) {
        this.places = places;
        this.units = units;
    }

    /** Throws {@link Refusal} {@code rule UNKNOWN_UNIT}. */
    String url(Members rule) {
        return switch (rule) {
            case OfUnit of -> {
                place(of.unit());
                yield url(places.people, NO_ATTRIBUTES, Filter.createEqualityFilter("antinUnit", of.unit()));
            }
            case BelowUnit below -> url(place(below.unit()), new String[] {"ou"}, UnitEntries.IS_UNIT);
            case HeadsBelow heads -> url(place(heads.unit()), new String[] {"antinHead"}, Filter.createEqualityFilter("antinLevel", heads.level()));
            default -> throw new IllegalArgumentException("Members one by one are no rule.");
        };
    }

    /** Empty for a rule of another shape, which another tool wrote. */
    Optional<Members> rule(String text) {
        try {
            LDAPURL url = new LDAPURL(text);
            Filter filter = url.getFilter();
            String value = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY ? String.valueOf(filter.getAssertionValue()) : "";
            if (url.getBaseDN().equals(places.people) && "antinUnit".equalsIgnoreCase(filter.getAttributeName())) {
                return Optional.of(new OfUnit(value));
            }
            if (!url.getBaseDN().isDescendantOf(places.units, false) || url.getAttributes().length != 1) {
                return Optional.empty();
            }
            String unit = Places.first(url.getBaseDN());
            return switch (url.getAttributes()[0]) {
                case "ou" -> filter.equals(UnitEntries.IS_UNIT) ? Optional.of(new BelowUnit(unit)) : Optional.empty();
                case "antinHead" -> "antinLevel".equalsIgnoreCase(filter.getAttributeName()) ? Optional.of(new HeadsBelow(unit, value)) : Optional.empty();
                default -> Optional.empty();
            };
        } catch (LDAPException | Refusal e) {
            return Optional.empty();
        }
    }

    private DN place(String unit) {
        return units.place(unit).orElseThrow(() -> new Refusal("rule", Reason.UNKNOWN_UNIT));
    }

    private static String url(DN base, String[] attributes, Filter filter) {
        try {
            return new LDAPURL("ldap", null, null, base, attributes, SearchScope.SUB, filter).toString();
        } catch (LDAPException e) {
            throw new IllegalStateException("A base, attributes and a filter make an address.", e);
        }
    }
}
