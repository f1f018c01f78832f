package antin.directory.ldap;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes with a revision: a change deletes the old number and adds the next in one request, which is whole or not at all (RFC 4511, 4.6), so of
 * many at once one wins on any server. Where the answer is lost, the entry is read again: it has the next revision with our values, or the change
 * is asked again (it cannot happen twice), or the caller hears that the directory is away.
 */
final class LdapWrites {

    private static final String REVISION = "antinRevision";
    private static final int TRIES = 3;
    /** What a server says where the old revision is not there. */
    private static final Set<ResultCode> CHANGED = Set.of(ResultCode.NO_SUCH_ATTRIBUTE, ResultCode.ATTRIBUTE_OR_VALUE_EXISTS, ResultCode.ASSERTION_FAILED,
        ResultCode.NO_SUCH_OBJECT);

    /** What a server says where a value breaks a rule of its own schema. */
    private static final Set<ResultCode> UNFIT = Set.of(ResultCode.INVALID_ATTRIBUTE_SYNTAX, ResultCode.OBJECT_CLASS_VIOLATION, ResultCode.NAMING_VIOLATION);

    private final LDAPConnectionPool connections;
    private final LdapReads reads;

    LdapWrites(LDAPConnectionPool connections, LdapReads reads) {
        this.connections = connections;
        this.reads = reads;
    }

    /** Adds it with revision 1. Whatever the server refuses is thrown as it came; a lost answer is none where the entry is there as it was asked. */
    void add(DN dn, Content content, String... objectClasses) throws LDAPException {
        Entry entry = new Entry(dn, content.attributes());
        entry.addAttribute("objectClass", objectClasses);
        entry.addAttribute(REVISION, "1");
        try {
            connections.add(new AddRequest(entry));
        } catch (LDAPException e) {
            if (!isLost(e)) {
                throw e;
            }
            // Not asked again: another server that has not heard of the first would take it, and then there were two.
            if (read(dn, entry.getAttributes()).filter(there -> Values.revision(there) == 1 && entry.getAttributes().stream()
                .allMatch(attribute -> holdsAll(there, attribute.getName(), attribute.getValues()))).isEmpty()) {
                throw LdapReads.away(e);
            }
        }
    }

    /**
     * Changes the entry from {@code revision} to the next one. Throws {@link Refusal} {@code CHANGED_MEANWHILE} where it has another; what else the server
     * refuses is thrown as it came.
     */
    void change(DN dn, long revision, List<Modification> changes) throws LDAPException {
        ModifyRequest request = new ModifyRequest(dn, counted(revision, changes));
        if (revision == 0) {
            request.addControl(unchanged(0));
        }
        LDAPException lost = null;
        for (int tried = 0; tried < TRIES; tried++) {
            try {
                connections.modify(request);
                return;
            } catch (LDAPException e) {
                if (!isLost(e) && lost == null) {
                    throw refused(e);
                }
                if (has(dn, revision + 1, changes)) {
                    return;
                }
                if (!isLost(e)) {
                    throw refused(e);
                }
                lost = e;
            }
        }
        throw LdapReads.away(Objects.requireNonNull(lost, "the loop ends by a loss"));
    }

    /** Throws {@link Refusal} {@code CHANGED_MEANWHILE} where it has another revision or is gone. */
    void remove(DN dn, long revision) {
        DeleteRequest request = new DeleteRequest(dn);
        request.addControl(unchanged(revision)); // RFC 4528
        try {
            connections.delete(request);
        } catch (LDAPException e) {
            if (CHANGED.contains(e.getResultCode())) {
                throw new Refusal("", Reason.CHANGED_MEANWHILE);
            }
            if (!isLost(e) || reads.entry(dn, REVISION).isPresent()) {
                throw LdapReads.away(e);
            }
        }
    }

    /** What a server's no means that no rule of ours explains. */
    static RuntimeException no(LDAPException e) {
        return UNFIT.contains(e.getResultCode()) ? new Refusal("", Reason.MALFORMED) : LdapReads.away(e);
    }

    /** Whether nobody can know from it what happened. */
    static boolean isLost(LDAPException e) {
        return !e.getResultCode().isConnectionUsable();
    }

    private static LDAPException refused(LDAPException e) {
        if (CHANGED.contains(e.getResultCode())) {
            throw new Refusal("", Reason.CHANGED_MEANWHILE);
        }
        return e;
    }

    private static List<Modification> counted(long revision, List<Modification> changes) {
        List<Modification> all = new ArrayList<>();
        if (revision > 0) {
            all.add(new Modification(ModificationType.DELETE, REVISION, Long.toString(revision)));
        }
        all.add(new Modification(ModificationType.ADD, REVISION, Long.toString(revision + 1)));
        all.addAll(changes);
        return all;
    }

    private static AssertionRequestControl unchanged(long revision) {
        return new AssertionRequestControl(revision == 0 ? Filter.createNOTFilter(Filter.createPresenceFilter(REVISION))
            : Filter.createEqualityFilter(REVISION, Long.toString(revision)));
    }

    private boolean has(DN dn, long revision, List<Modification> changes) {
        List<Attribute> touched = changes.stream().map(Modification::getAttribute).toList();
        return read(dn, touched).filter(entry -> Values.revision(entry) == revision && changes.stream().allMatch(change -> isDone(entry, change))).isPresent();
    }

    private Optional<SearchResultEntry> read(DN dn, Collection<Attribute> touched) {
        List<String> names = new ArrayList<>(touched.stream().map(Attribute::getName).distinct().toList());
        names.add(REVISION);
        return reads.entry(dn, names.toArray(String[]::new));
    }

    private static boolean isDone(SearchResultEntry entry, Modification change) {
        if (change.getModificationType().equals(ModificationType.DELETE)) {
            return Arrays.stream(change.getValues()).noneMatch(value -> entry.hasAttributeValue(change.getAttributeName(), value));
        }
        Attribute there = entry.getAttribute(change.getAttributeName());
        return holdsAll(entry, change.getAttributeName(), change.getValues())
            && (change.getModificationType().equals(ModificationType.ADD) || (there == null ? 0 : there.size()) == change.getValues().length);
    }

    private static boolean holdsAll(SearchResultEntry entry, String attribute, String[] values) {
        return Arrays.stream(values).allMatch(value -> entry.hasAttributeValue(attribute, value));
    }
}
