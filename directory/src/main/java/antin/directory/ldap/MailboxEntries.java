package antin.directory.ldap;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Functional mailboxes below {@code ou=mailboxes}: {@code antinMailbox}. */
final class MailboxEntries {

    private static final String[] ATTRIBUTES = {"objectClass", "cn", "displayName", "mail", "antinMailAlternateAddress", "antinUnit", "antinStatus", "antinMayRead",
        "antinMaySend", "antinHistory", "antinRevision"};
    private static final Filter IS_MAILBOX = Filter.createEqualityFilter("objectClass", "antinMailbox");

    private final Places places;
    private final LdapReads reads;
    private final LdapWrites writes;
    private final Addresses addresses;

    MailboxEntries(Places places, LdapReads reads, LdapWrites writes, Addresses addresses) {
        this.places = places;
        this.reads = reads;
        this.writes = writes;
        this.addresses = addresses;
    }

    Optional<FunctionalMailbox> find(String id) {
        return !Places.isLabel(id) ? Optional.empty()
            : reads.entry(places.mailbox(id), ATTRIBUTES).filter(entry -> entry.hasObjectClass("antinMailbox")).flatMap(this::read);
    }

    /** The one that gets letters to this address, if it is active. */
    Optional<FunctionalMailbox> byAddress(String address) {
        Filter has = Filter.createORFilter(Filter.createEqualityFilter("mail", address), Filter.createEqualityFilter("antinMailAlternateAddress", address));
        return reads.one(places.mailboxes, Filter.createANDFilter(IS_MAILBOX, has), ATTRIBUTES).flatMap(this::read).filter(FunctionalMailbox::active);
    }

    /** By short name. */
    List<FunctionalMailbox> all() {
        List<FunctionalMailbox> mailboxes = new ArrayList<>();
        reads.each(places.mailboxes, IS_MAILBOX, entry -> read(entry).ifPresent(mailboxes::add), ATTRIBUTES);
        mailboxes.sort(Comparator.comparing(FunctionalMailbox::id));
        return mailboxes;
    }

    FunctionalMailbox add(FunctionalMailbox mailbox) {
        DN dn = places.mailbox(mailbox.id());
        addresses.refuseTaken(dn, mailbox.address(), mailbox.further());
        try {
            writes.add(dn, content(mailbox), "antinMailbox");
            return mailbox.withRevision(1);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS) || reads.entry(dn, "cn").isPresent()) {
                throw new Refusal("id", Reason.EXISTS);
            }
            throw addresses.refusal(e, dn, mailbox.address(), mailbox.further());
        }
    }

    FunctionalMailbox change(FunctionalMailbox before, FunctionalMailbox after) {
        List<Modification> changes = content(before).changesTo(content(after));
        if (changes.isEmpty()) {
            return before;
        }
        DN dn = places.mailbox(before.id());
        addresses.refuseTaken(dn, after.address(), after.further());
        try {
            writes.change(dn, before.revision(), changes);
            return after.withRevision(before.revision() + 1);
        } catch (LDAPException e) {
            throw addresses.refusal(e, dn, after.address(), after.further());
        }
    }

    void remove(FunctionalMailbox mailbox) {
        writes.remove(places.mailbox(mailbox.id()), mailbox.revision());
    }

    private Content content(FunctionalMailbox mailbox) {
        return new Content().with("cn", mailbox.id()).with("displayName", mailbox.name()).with("mail", mailbox.address())
            .with("antinMailAlternateAddress", mailbox.further()).with("antinUnit", mailbox.unit()).with("antinStatus", mailbox.active() ? "active" : "disabled")
            .with("antinMayRead", names(mailbox.mayRead())).with("antinMaySend", names(mailbox.maySend())).with("antinHistory", mailbox.history());
    }

    private List<String> names(Set<Grantee> grantees) {
        return grantees.stream().map(grantee -> switch (grantee) {
            case OnePerson person -> places.person(person.number());
            case AGroup group -> places.group(group.id());
        }).map(DN::toString).sorted().toList();
    }

    private Optional<FunctionalMailbox> read(SearchResultEntry entry) {
        return Values.read(entry, values -> new FunctionalMailbox(values.lower("id", "cn"), name(values), values.text("mail", "mail"),
            values.all("further-mail", "antinMailAlternateAddress"), values.lower("unit", "antinUnit"), values.isActive(false),
            grantees(values.all("grantee", "antinMayRead")), grantees(values.all("grantee", "antinMaySend")), values.all("history", "antinHistory"), values.revision()));
    }

    private Set<Grantee> grantees(List<String> names) {
        return names.stream().flatMap(name -> Stream.concat(places.number(name).<Grantee>map(OnePerson::new).stream(), places.groupId(name).<Grantee>map(AGroup::new).stream()))
            .collect(Collectors.toSet());
    }

    private static String name(Values values) {
        String name = values.text("name", "displayName");
        return name.isEmpty() ? values.text("id", "cn") : name;
    }
}
