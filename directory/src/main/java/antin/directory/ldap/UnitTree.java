package antin.directory.ldap;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Adds, changes and moves units. A move goes by modifyDN with a new superior (RFC 4511, 4.9), and takes what is below with it. */
final class UnitTree {

    private final Places places;
    private final LdapReads reads;
    private final LdapWrites writes;
    private final LDAPConnectionPool connections;
    private final UnitEntries units;
    /** Of two moves in this process the second sees the tree as the first left it. */
    private final ReentrantLock shape = new ReentrantLock();

    UnitTree(Places places, LdapReads reads, LdapWrites writes, LDAPConnectionPool connections, UnitEntries units) {
        this.places = places;
        this.reads = reads;
        this.writes = writes;
        this.connections = connections;
        this.units = units;
    }

    UnitEntry add(UnitEntry unit) {
        shape.lock();
        try {
            if (units.place(unit.id()).isPresent()) {
                throw new Refusal("id", Reason.EXISTS);
            }
            DN dn = new DN(new RDN("ou", unit.id()), above(unit.parent()));
            writes.add(dn, UnitEntries.content(unit, places), "organizationalUnit", "antinAgency");
            return unit.withRevision(1);
        } catch (LDAPException e) {
            throw refusal(e, unit);
        } finally {
            shape.unlock();
        }
    }

    /**
     * The values first, which claims the revision, then the place; where the place is refused, which only a move by another process can bring about, the values go back.
     */
    UnitEntry change(UnitEntry before, UnitEntry after) {
        if (!before.id().equals(after.id())) {
            throw new IllegalArgumentException("A short name is permanent.");
        }
        List<Modification> changes = UnitEntries.content(before, places).changesTo(UnitEntries.content(after, places));
        boolean moves = !Objects.equals(before.parent(), after.parent());
        if (changes.isEmpty() && !moves) {
            return before;
        }
        try {
            if (!moves) {
                writes.change(here(before.id()), before.revision(), changes);
            } else {
                shape.lock();
                try {
                    changeAndMove(before, after, changes);
                } finally {
                    shape.unlock();
                }
            }
            return after.withRevision(before.revision() + 1);
        } catch (LDAPException e) {
            throw refusal(e, after);
        }
    }

    private void changeAndMove(UnitEntry before, UnitEntry after, List<Modification> changes) throws LDAPException {
        DN here = here(before.id());
        DN above = above(after.parent());
        if (!above(before.parent()).equals(here.getParent())) {
            throw new Refusal("", Reason.CHANGED_MEANWHILE);
        }
        if (above.equals(here) || above.isDescendantOf(here, false)) {
            throw new Refusal("parent", Reason.BELOW_ITSELF);
        }
        writes.change(here, before.revision(), changes);
        try {
            move(before.id(), here, above);
        } catch (LDAPException e) {
            writes.change(here(before.id()), before.revision() + 1, UnitEntries.content(after, places).changesTo(UnitEntries.content(before, places)));
            throw e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT) ? new Refusal("parent", Reason.CHANGED_MEANWHILE) : new Refusal("parent", Reason.BELOW_ITSELF);
        }
    }

    private void move(String id, DN here, DN above) throws LDAPException {
        String name = Objects.requireNonNull(here.getRDN()).toString();
        LDAPException lost = null;
        for (int tried = 0; tried < 2; tried++) {
            try {
                connections.modifyDN(new ModifyDNRequest(here.toString(), name, true, above.toString()));
                return;
            } catch (LDAPException e) {
                // Where the answer was lost, it stands there or it does not.
                if ((LdapWrites.isLost(e) || lost != null) && units.place(id).filter(place -> above.equals(place.getParent())).isPresent()) {
                    return;
                }
                if (!LdapWrites.isLost(e)) {
                    throw e;
                }
                lost = e;
            }
        }
        throw LdapReads.away(Objects.requireNonNull(lost, "the loop ends by a loss"));
    }

    private DN here(String id) {
        return units.place(id).orElseThrow(() -> new Refusal("", Reason.CHANGED_MEANWHILE));
    }

    private DN above(@Nullable String parent) {
        return parent == null ? places.units : units.place(parent).orElseThrow(() -> new Refusal("parent", Reason.UNKNOWN_UNIT));
    }

    private RuntimeException refusal(LDAPException no, UnitEntry unit) {
        if (no.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
            return new Refusal("id", Reason.EXISTS);
        }
        if (no.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
            return new Refusal("parent", Reason.UNKNOWN_UNIT);
        }
        if (!no.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION)) {
            return LdapWrites.no(no);
        }
        Filter same = Filter.createANDFilter(UnitEntries.IS_UNIT, Filter.createEqualityFilter("antinOrganizationId", unit.organizationId()),
            Filter.createNOTFilter(Filter.createEqualityFilter("ou", unit.id())));
        boolean organization = !unit.organizationId().isEmpty() && !reads.all(places.units, same, "ou").isEmpty();
        return organization ? new Refusal("organization-id", Reason.TAKEN) : new Refusal("id", Reason.EXISTS);
    }
}
