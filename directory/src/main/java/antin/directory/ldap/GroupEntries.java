package antin.directory.ldap;

import antin.directory.Group;
import antin.directory.Group.Fixed;
import antin.directory.Group.Members;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Groups below {@code ou=groups}: {@code groupOfNames} or {@code groupOfURLs}, and {@code antinGroup}. */
final class GroupEntries {

    private static final Logger LOG = LoggerFactory.getLogger(GroupEntries.class);
    private static final String[] ATTRIBUTES = {"objectClass", "cn", "displayName", "antinUnit", "member", "memberURL", "antinHistory", "antinRevision"};
    private static final Filter IS_GROUP = Filter.createEqualityFilter("objectClass", "antinGroup");

    private final Places places;
    private final LdapReads reads;
    private final LdapWrites writes;
    private final Rules rules;

    GroupEntries(Places places, LdapReads reads, LdapWrites writes, Rules rules) {
        this.places = places;
        this.reads = reads;
        this.writes = writes;
        this.rules = rules;
    }

    Optional<Group> find(String id) {
        return !Places.isLabel(id) ? Optional.empty() : reads.entry(places.group(id), ATTRIBUTES).filter(entry -> entry.hasObjectClass("antinGroup")).flatMap(this::read);
    }

    /** By short name. */
    List<Group> all() {
        List<Group> groups = new ArrayList<>();
        reads.each(places.groups, IS_GROUP, entry -> read(entry).ifPresent(groups::add), ATTRIBUTES);
        groups.sort(Comparator.comparing(Group::id));
        return groups;
    }

    Group add(Group group) {
        try {
            writes.add(places.group(group.id()), content(group), isFixed(group) ? "groupOfNames" : "groupOfURLs", "antinGroup");
            return group.withRevision(1);
        } catch (LDAPException e) {
            throw e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS) ? new Refusal("id", Reason.EXISTS) : LdapWrites.no(e);
        }
    }

    /** A fixed group stays one, and a rule a rule: an entry's kind is permanent (RFC 4512, 2.4.2: its structural class). */
    Group change(Group before, Group after) {
        if (isFixed(before) != isFixed(after)) {
            throw new Refusal("members", Reason.NOT_ALLOWED);
        }
        List<Modification> changes = content(before).changesTo(content(after));
        if (changes.isEmpty()) {
            return before;
        }
        try {
            writes.change(places.group(before.id()), before.revision(), changes);
            return after.withRevision(before.revision() + 1);
        } catch (LDAPException e) {
            throw LdapWrites.no(e);
        }
    }

    void remove(Group group) {
        writes.remove(places.group(group.id()), group.revision());
    }

    private Content content(Group group) {
        Content content = new Content().with("cn", group.id()).with("displayName", group.name()).with("antinUnit", group.unit()).with("antinHistory", group.history());
        return group.members() instanceof Fixed fixed
            ? content.with("member", fixed.people().stream().sorted().map(number -> places.person(number).toString()).toList())
            : content.with("memberURL", rules.url(group.members()));
    }

    private Optional<Group> read(SearchResultEntry entry) {
        Optional<Members> members = members(entry);
        if (members.isEmpty()) {
            LOG.warn("The group {} is left out: its members are written in a way that is not known here", entry.getDN());
        }
        return members.flatMap(known -> Values.read(entry, values -> new Group(values.lower("id", "cn"), name(values), values.lower("unit", "antinUnit"), known,
            values.all("history", "antinHistory"), values.revision())));
    }

    /** Names of others than people in it are no members. */
    private Optional<Members> members(SearchResultEntry entry) {
        if (entry.hasObjectClass("groupOfURLs")) {
            String[] urls = entry.getAttributeValues("memberURL");
            return urls == null || urls.length != 1 ? Optional.empty() : rules.rule(urls[0]);
        }
        String[] names = entry.getAttributeValues("member");
        return names == null ? Optional.empty() : Optional.of(List.of(names).stream().flatMap(name -> places.number(name).stream()).collect(Collectors.toSet()))
            .filter(people -> !people.isEmpty()).map(Fixed::new);
    }

    private static String name(Values values) {
        String name = values.text("name", "displayName");
        return name.isEmpty() ? values.text("id", "cn") : name;
    }

    private static boolean isFixed(Group group) {
        return group.members() instanceof Fixed;
    }
}
