package antin.directory.ldap;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose a mail address is. The server keeps each for one person or one functional mailbox; here is found which one was refused, and why. */
final class Addresses {

    private final Places places;
    private final LdapReads reads;
    private volatile boolean serverComparesAll;

    Addresses(Places places, LdapReads reads) {
        this.places = places;
        this.reads = reads;
    }

    /** {@code person/NUMBER} or {@code mailbox/ID}. */
    Optional<String> owner(String address) {
        return address.length() > 254 ? Optional.empty() : owners(List.of(address)).stream().map(this::word).findFirst();
    }

    /**
     * Throws {@link Refusal} {@code TAKEN} where another than {@code own} has one of the addresses. OpenDJ sees to that itself; slapd's uniqueness compares an attribute
     * with itself, and so would take a further address that is somebody's primary one.
     */
    void refuseTaken(DN own, String address, List<String> further) {
        if (!serverComparesAll()) {
            taken(own, address, further).ifPresent(refusal -> {
                throw refusal;
            });
        }
    }

    /** What the server's no to a write of these addresses means. */
    RuntimeException refusal(LDAPException no, DN own, String address, List<String> further) {
        if (!no.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION)) {
            return LdapWrites.no(no);
        }
        // Nobody has it any more when another write that was under way was refused too.
        return taken(own, address, further).orElseGet(() -> new Refusal("mail", Reason.TAKEN));
    }

    /**
     * Whether OpenDJ refuses these addresses for the sake of an earlier write of the same entry that it never finished: what its unique attribute plugin notes before a write it
     * forgets after it, but not where the client went away in between (opendj-server-legacy 5.0.3, LocalBackendAddOperation: a cancelled operation has no post-operation), until it is
     * started again. It names the entry that holds the value: ours, and nobody else has it, so nobody is wronged.
     */
    boolean areHeldByLostWrite(LDAPException no, DN own, String address, List<String> further) {
        String holder = no.getDiagnosticMessage();
        return no.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION) && holder != null && holder.toLowerCase(Locale.ROOT).contains(own.toString().toLowerCase(Locale.ROOT))
            && taken(own, address, further).isEmpty();
    }

    /** The content with one letter of each address a capital; readers compare addresses, and we read them, without regard to case (RFC 4519, RFC 4524, 2.16). */
    static Content spelled(Content content, PersonEntry person, int letter) {
        return content.with("mail", spelled(person.address(), letter)).with("antinMailAlternateAddress", person.further().stream().map(address -> spelled(address, letter)).toList());
    }

    private static String spelled(String address, int letter) {
        int at = Math.min(letter, address.indexOf('@') - 1);
        return address.substring(0, at) + address.substring(at, at + 1).toUpperCase(Locale.ROOT) + address.substring(at + 1);
    }

    private Optional<Refusal> taken(DN own, String address, List<String> further) {
        List<SearchResultEntry> others = owners(Stream.concat(Stream.of(address), further.stream()).toList()).stream().filter(entry -> !isNamed(entry, own)).toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        boolean primary = others.stream().anyMatch(entry -> entry.hasAttributeValue("mail", address) || entry.hasAttributeValue("antinMailAlternateAddress", address));
        return Optional.of(new Refusal(primary ? "mail" : "further-mail", Reason.TAKEN));
    }

    private List<SearchResultEntry> owners(List<String> addresses) {
        List<Filter> any = new ArrayList<>();
        for (String address : addresses) {
            any.add(Filter.createEqualityFilter("mail", address));
            any.add(Filter.createEqualityFilter("antinMailAlternateAddress", address));
        }
        List<SearchResultEntry> entries = new ArrayList<>();
        for (DN branch : List.of(places.people, places.mailboxes)) {
            entries.addAll(reads.all(branch, Filter.createORFilter(any), "uid", "cn", "mail", "antinMailAlternateAddress"));
        }
        return entries;
    }

    private boolean serverComparesAll() {
        if (!serverComparesAll) {
            serverComparesAll = reads.entry(DN.NULL_DN, "objectClass").filter(root -> root.hasObjectClass("ds-root-dse")).isPresent();
        }
        return serverComparesAll;
    }

    private String word(SearchResultEntry entry) {
        return places.number(entry.getDN()).map(number -> "person/" + number).orElseGet(() -> "mailbox/" + entry.getAttributeValue("cn"));
    }

    private static boolean isNamed(SearchResultEntry entry, DN name) {
        try {
            return entry.getParsedDN().equals(name);
        } catch (LDAPException e) {
            throw new IllegalStateException("A directory's names are names.", e);
        }
    }
}
