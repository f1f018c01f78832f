package antin.directory.ldap;

import antin.directory.PersonEntry;
import antin.directory.PlainLetters;
import antin.directory.Position;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** People below {@code ou=people}: {@code inetOrgPerson} and {@code antinStaff}. */
final class PersonEntries {

    private static final String[] ATTRIBUTES = {"uid", "cn", "sn", "givenName", "mail", "antinMailAlternateAddress", "antinUnit", "title", "telephoneNumber",
        "mobile", "antinRole", "antinStatus", "preferredLanguage", "antinPosition", "antinHistory", "antinRevision", "objectClass"};
    private static final int SPELLINGS = 4;
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC); // RFC 4517, 3.3.13

    private final Places places;
    private final LdapReads reads;
    private final LdapWrites writes;
    private final Addresses addresses;

    PersonEntries(Places places, LdapReads reads, LdapWrites writes, Addresses addresses) {
        this.places = places;
        this.reads = reads;
        this.writes = writes;
        this.addresses = addresses;
    }

    Optional<PersonEntry> find(String number) {
        return !Places.isNumber(number) ? Optional.empty() : reads.entry(places.person(number), ATTRIBUTES)
            .filter(entry -> entry.hasObjectClass("antinStaff")).flatMap(PersonEntries::read);
    }

    void each(Consumer<PersonEntry> consumer) {
        reads.each(places.people, LdapPeople.IS_PERSON, entry -> read(entry).ifPresent(consumer), ATTRIBUTES);
    }

    /** Not every server writes {@code modifyTimestamp} when an entry is added. */
    void changedSince(Instant since, Consumer<PersonEntry> consumer) {
        String time = GENERALIZED.format(since);
        Filter changed = Filter.createORFilter(Filter.createGreaterOrEqualFilter("modifyTimestamp", time), Filter.createGreaterOrEqualFilter("createTimestamp", time));
        reads.each(places.people, Filter.createANDFilter(LdapPeople.IS_PERSON, changed), entry -> read(entry).ifPresent(consumer), ATTRIBUTES);
    }

    PersonEntry add(PersonEntry person) {
        DN dn = places.person(person.number());
        addresses.refuseTaken(dn, person.address(), person.further());
        try {
            writes.add(dn, content(person), "inetOrgPerson", "antinStaff");
            return person.withRevision(1);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS) || reads.entry(dn, "uid").isPresent()) {
                throw new Refusal("number", Reason.EXISTS);
            }
            if (addresses.areHeldByLostWrite(e, dn, person.address(), person.further())) {
                return addInOtherLetters(dn, person, e);
            }
            throw addresses.refusal(e, dn, person.address(), person.further());
        }
    }

    /** The same addresses to every reader, and others to a server that counts the bytes of a write of ours which it never finished. */
    private PersonEntry addInOtherLetters(DN dn, PersonEntry person, LDAPException first) {
        LDAPException last = first;
        for (int letter = 0; letter < SPELLINGS; letter++) {
            try {
                writes.add(dn, Addresses.spelled(content(person), person, letter), "inetOrgPerson", "antinStaff");
                return person.withRevision(1);
            } catch (LDAPException e) {
                last = e;
            }
        }
        throw addresses.refusal(last, dn, person.address(), person.further());
    }

    PersonEntry change(PersonEntry before, PersonEntry after) {
        if (!before.number().equals(after.number())) {
            throw new IllegalArgumentException("A number is permanent.");
        }
        List<Modification> changes = content(before).changesTo(content(after));
        if (changes.isEmpty()) {
            return before;
        }
        DN dn = places.person(before.number());
        boolean moved = !before.address().equals(after.address());
        List<String> further = after.further().stream().filter(address -> moved || !before.further().contains(address)).toList();
        if (moved || !further.isEmpty()) {
            addresses.refuseTaken(dn, after.address(), further);
        }
        try {
            writes.change(dn, before.revision(), changes);
            return after.withRevision(before.revision() + 1);
        } catch (LDAPException e) {
            throw addresses.refusal(e, dn, after.address(), further);
        }
    }

    private static Content content(PersonEntry person) {
        return new Content().with("uid", person.number()).with("cn", person.name()).with(PlainLetters.NAME, PlainLetters.of(person.name())).with("sn", person.family()).with("givenName", person.given())
            .with("mail", person.address()).with("antinMailAlternateAddress", person.further()).with("antinUnit", person.unit()).with("title", person.title())
            .with("telephoneNumber", person.phone()).with("mobile", person.mobile()).with("antinRole", person.roles().stream().map(Role::word).sorted().toList())
            .with("antinStatus", person.active() ? "active" : "disabled").with("preferredLanguage", person.language())
            .with("antinPosition", person.positions().stream().map(Position::text).toList()).with("antinHistory", person.history());
    }

    private static Optional<PersonEntry> read(SearchResultEntry entry) {
        return Values.read(entry, values -> new PersonEntry(values.text("number", "uid"), values.text("name", "cn"), values.text("family-name", "sn"),
            values.text("given-name", "givenName"), values.text("mail", "mail"), values.all("further-mail", "antinMailAlternateAddress"),
            values.lower("unit", "antinUnit"), values.text("title", "title"), values.text("phone", "telephoneNumber"), values.text("mobile", "mobile"), roles(values),
            values.isActive(false), values.lower("language", "preferredLanguage").equals("en") ? "en" : "vi",
            values.all("positions", "antinPosition").stream().flatMap(text -> Position.parse(text).stream()).toList(),
            values.all("history", "antinHistory"), values.revision()));
    }

    private static Set<Role> roles(Values values) {
        return values.all("role", "antinRole").stream().flatMap(word -> Role.of(word).stream()).collect(Collectors.toSet());
    }
}
