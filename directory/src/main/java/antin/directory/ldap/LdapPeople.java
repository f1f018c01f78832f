package antin.directory.ldap;

import antin.directory.Person;
import antin.directory.Role;
import antin.directory.Unit;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People as every process sees them, by what they log in with. */
final class LdapPeople {

    private static final Logger LOG = LoggerFactory.getLogger(LdapPeople.class);
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^@]]{1,64}@[!-~&&[^@]]{1,189}"); // RFC 5321, 4.5.3.1: 254 in all
    static final Filter IS_PERSON = Filter.createEqualityFilter("objectClass", "antinStaff");
    private static final String[] ATTRIBUTES = {"uid", "cn", "mail", "antinMailAlternateAddress", "antinUnit", "antinRole", "antinStatus", "preferredLanguage"};

    private final LdapReads reads;
    private final Places places;
    private final LdapUnits units;

    LdapPeople(LdapReads reads, Places places, LdapUnits units) {
        this.reads = reads;
        this.places = places;
        this.units = units;
    }

    /** Printable ASCII only, as numbers are digits only ({@link Places#isNumber}). */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** By number or by any address; active or not. */
    Optional<SearchResultEntry> entry(String login) {
        Filter who;
        if (Places.isNumber(login)) {
            who = Filter.createEqualityFilter("uid", login);
        } else if (isAddress(login)) {
            who = Filter.createORFilter(Filter.createEqualityFilter("mail", login), Filter.createEqualityFilter("antinMailAlternateAddress", login));
        } else {
            return Optional.empty();
        }
        return reads.one(places.people, Filter.createANDFilter(IS_PERSON, who), ATTRIBUTES);
    }

    Optional<SearchResultEntry> activeEntry(String login) {
        return entry(login).filter(LdapPeople::isActive);
    }

    static boolean isActive(SearchResultEntry entry) {
        return "active".equals(entry.getAttributeValue("antinStatus"));
    }

    Person person(SearchResultEntry entry) {
        String number = text(entry, "uid").orElseThrow();
        String address = address(entry);
        List<String> addresses = new ArrayList<>(List.of(address));
        values(entry, "antinMailAlternateAddress").map(further -> further.toLowerCase(Locale.ROOT)).filter(further -> !further.equals(address)).forEach(addresses::add);
        Set<Role> roles = values(entry, "antinRole").flatMap(word -> Role.of(word).stream()).collect(Collectors.toSet());
        String home = text(entry, "antinUnit").orElse("");
        Unit unit = units.recent(home).orElseGet(() -> {
            LOG.warn("The unit {} of the person {} does not exist", home, number);
            return new Unit(home, home, "");
        });
        return new Person(number, text(entry, "cn").orElse(number), address, addresses, unit, roles, text(entry, "preferredLanguage").filter("en"::equals).orElse("vi"));
    }

    /** The primary one, lower case. */
    static String address(SearchResultEntry entry) {
        return text(entry, "mail").orElseThrow().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(SearchResultEntry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute));
    }

    private static Stream<String> values(SearchResultEntry entry, String attribute) {
        @Nullable String[] values = entry.getAttributeValues(attribute);
        return values == null ? Stream.empty() : Arrays.stream(values);
    }
}
