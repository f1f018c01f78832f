package antin.directory.ldap;

import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tree of units: an entry's place in it is its parent. */
final class LdapUnits {

    static final String[] ATTRIBUTES = {"ou", "displayName", "antinLevel"};
    private static final Filter IS_UNIT = Filter.createEqualityFilter("objectClass", "antinAgency");
    private static final int PAGE = 500; // servers give some thousand entries at once, or fewer
    private static final int MOST = 10_000;

    private final LDAPConnectionPool connections;
    private final String base;

    LdapUnits(LDAPConnectionPool connections, String base) {
        this.connections = connections;
        this.base = base;
    }

    static Filter named(String id) {
        return Filter.createANDFilter(IS_UNIT, Filter.createEqualityFilter("ou", id));
    }

    /** By short name. */
    List<Unit> all() throws LDAPException {
        LDAPConnection connection = connections.getConnection();
        try {
            List<Unit> units = all(connection);
            connections.releaseConnection(connection);
            return units;
        } catch (LDAPException e) {
            if (e.getResultCode().isConnectionUsable()) {
                connections.releaseConnectionAfterException(connection, e);
                throw e;
            }
        } catch (RuntimeException e) {
            connections.releaseDefunctConnection(connection);
            throw e;
        }
        // It had died while it lay in the pool, as after a restart of the server.
        LDAPConnection fresh = connections.replaceDefunctConnection(connection);
        try {
            List<Unit> units = all(fresh);
            connections.releaseConnection(fresh);
            return units;
        } catch (LDAPException | RuntimeException e) {
            connections.releaseDefunctConnection(fresh);
            throw e;
        }
    }

    Unit unit(SearchResultEntry entry) {
        String id = text(entry, "ou", "").toLowerCase(Locale.ROOT);
        return new Unit(id, text(entry, "displayName", id), text(entry, "antinLevel", ""), parent(entry));
    }

    /** Page by page on one connection (RFC 2696): some servers know the cookie only there. */
    private List<Unit> all(LDAPConnection connection) throws LDAPException {
        List<Unit> units = new ArrayList<>();
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = new SearchRequest(base, SearchScope.SUB, IS_UNIT, ATTRIBUTES);
            request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
            SearchResult page = connection.search(request);
            for (SearchResultEntry entry : Objects.requireNonNull(page.getSearchEntries(), "asked for without a listener")) {
                units.add(unit(entry));
            }
            if (units.size() > MOST) {
                throw new Problem(Kind.MISCONFIGURED, "The directory has more than " + MOST + " units, which are more than this version lists.");
            }
            SimplePagedResultsControl more = SimplePagedResultsControl.get(page);
            cookie = more == null || !more.moreResultsToReturn() ? null : more.getCookie();
        } while (cookie != null);
        units.sort(Comparator.comparing(Unit::id));
        return units;
    }

    private @Nullable String parent(SearchResultEntry entry) {
        try {
            DN above = entry.getParentDN();
            RDN name = above == null || above.equals(new DN(base)) ? null : above.getRDN();
            return name == null ? null : name.getAttributeValues()[0].toLowerCase(Locale.ROOT);
        } catch (LDAPException e) {
            throw new IllegalStateException("A directory's names are names.", e);
        }
    }

    private static String text(SearchResultEntry entry, String attribute, String otherwise) {
        String value = entry.getAttributeValue(attribute);
        return value == null ? otherwise : value;
    }
}
