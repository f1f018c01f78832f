package antin.directory.ldap;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Group;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.Members;
import antin.directory.Group.OfUnit;
import antin.directory.Person;
import antin.directory.Recipient;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who reads a functional mailbox and who sends from it, by the groups and rules of this moment. */
final class LdapGrants {

    private static final Logger LOG = LoggerFactory.getLogger(LdapGrants.class);
    private static final int MOST_READERS = 200;
    private static final int AT_ONCE = 100;

    private final Places places;
    private final LdapReads reads;
    private final UnitEntries units;
    private final GroupEntries groups;
    private final MailboxEntries mailboxes;

    LdapGrants(Places places, LdapReads reads, UnitEntries units, GroupEntries groups, MailboxEntries mailboxes) {
        this.places = places;
        this.reads = reads;
        this.units = units;
        this.groups = groups;
        this.mailboxes = mailboxes;
    }

    /** Its own mailbox and those of the active people that read it; empty where it is none or has none, so that a letter is refused and not lost. */
    Optional<Recipient> readers(String address) {
        return mailboxes.byAddress(address).map(mailbox -> new Recipient(readers(mailbox), Optional.of(mailbox.address()))).filter(found -> !found.mailboxes().isEmpty());
    }

    boolean maySend(Person person, String from) {
        return mailboxes.byAddress(from).filter(mailbox -> mailbox.maySend().stream().anyMatch(grantee -> isMeant(grantee, person))).isPresent();
    }

    /** The mailbox's primary address, where the person reads it. */
    Optional<String> mailbox(Person person, String address) {
        return mailboxes.byAddress(address).filter(mailbox -> mailbox.mayRead().stream().anyMatch(grantee -> isMeant(grantee, person))).map(FunctionalMailbox::address);
    }

    private List<String> readers(FunctionalMailbox mailbox) {
        Set<String> addresses = new TreeSet<>();
        for (Filter some : chosen(mailbox.mayRead())) {
            Filter active = Filter.createANDFilter(LdapPeople.IS_PERSON, Filter.createEqualityFilter("antinStatus", "active"), some);
            reads.atMost(MOST_READERS + 1, places.people, active, "mail").stream().map(LdapPeople::address).forEach(addresses::add);
            if (addresses.size() > MOST_READERS) {
                LOG.error("More than {} people read the functional mailbox {}: the others get no letter", MOST_READERS, mailbox.id());
                break;
            }
        }
        return addresses.stream().limit(MOST_READERS).toList();
    }

    /** Filters whose people are the readers, each of a bounded length. */
    private List<Filter> chosen(Set<Grantee> grantees) {
        Set<Filter> any = new LinkedHashSet<>();
        for (Grantee grantee : grantees) {
            switch (grantee) {
                case OnePerson person -> any.add(Filter.createEqualityFilter("uid", person.number()));
                case AGroup group -> groups.find(group.id()).map(Group::members).ifPresent(members -> any.addAll(of(members)));
            }
        }
        List<Filter> each = List.copyOf(any);
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < each.size(); i += AT_ONCE) {
            filters.add(Filter.createORFilter(each.subList(i, Math.min(each.size(), i + AT_ONCE))));
        }
        return filters;
    }

    private List<Filter> of(Members members) {
        return switch (members) {
            case Fixed fixed -> fixed.people().stream().map(number -> Filter.createEqualityFilter("uid", number)).toList();
            case OfUnit of -> List.of(Filter.createEqualityFilter("antinUnit", of.unit()));
            case BelowUnit below -> units.place(below.unit()).stream().flatMap(top -> reads.all(top, UnitEntries.IS_UNIT, "ou").stream())
                .flatMap(unit -> value(unit, "ou")).map(id -> Filter.createEqualityFilter("antinUnit", id)).toList();
            case HeadsBelow heads -> headed(heads, Filter.createPresenceFilter("antinHead")).flatMap(unit -> value(unit, "antinHead"))
                .flatMap(name -> places.number(name).stream()).map(number -> Filter.createEqualityFilter("uid", number)).toList();
        };
    }

    private boolean isMeant(Grantee grantee, Person person) {
        return switch (grantee) {
            case OnePerson one -> one.number().equals(person.number());
            case AGroup group -> groups.find(group.id()).filter(found -> isIn(found.members(), person)).isPresent();
        };
    }

    private boolean isIn(Members members, Person person) {
        return switch (members) {
            case Fixed fixed -> fixed.people().contains(person.number());
            case OfUnit of -> of.unit().equals(person.unit().id());
            case BelowUnit below -> units.place(person.unit().id()).filter(place -> isBelow(place, below.unit())).isPresent();
            case HeadsBelow heads -> headed(heads, Filter.createEqualityFilter("antinHead", places.person(person.number()).toString())).findAny().isPresent();
        };
    }

    private Stream<SearchResultEntry> headed(HeadsBelow heads, Filter who) {
        Filter level = Filter.createEqualityFilter("antinLevel", heads.level());
        return units.place(heads.unit()).stream().flatMap(top -> reads.all(top, Filter.createANDFilter(UnitEntries.IS_UNIT, level, who), "antinHead").stream());
    }

    private static Stream<String> value(SearchResultEntry entry, String attribute) {
        return Stream.ofNullable(entry.getAttributeValue(attribute));
    }

    private boolean isBelow(DN place, String unit) {
        for (DN at = place; at != null && at.isDescendantOf(places.units, false); at = at.getParent()) {
            if (Places.first(at).equalsIgnoreCase(unit)) {
                return true;
            }
        }
        return false;
    }
}
