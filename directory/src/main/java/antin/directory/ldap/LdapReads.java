package antin.directory.ldap;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches as the process itself. Filters are built of values, never of text (RFC 4515, 3): no value can widen a search. */
final class LdapReads {

    private static final Logger LOG = LoggerFactory.getLogger(LdapReads.class);
    private static final int SECONDS = 5;
    private static final int PAGE = 500; // servers give some thousand entries at once, or fewer

    private final LDAPConnectionPool connections;

    LdapReads(LDAPConnectionPool connections) {
        this.connections = connections;
    }

    /** The entry of that name, if it is there. */
    Optional<SearchResultEntry> entry(DN dn, String... attributes) {
        try {
            return Optional.ofNullable(connections.searchForEntry(request(dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), attributes)));
        } catch (LDAPSearchException e) {
            throw away(e);
        }
    }

    /** The only entry below {@code base} that fits; where there are more, none. */
    Optional<SearchResultEntry> one(DN base, Filter filter, String... attributes) {
        try {
            return Optional.ofNullable(connections.searchForEntry(request(base, SearchScope.SUB, filter, attributes)));
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                LOG.error("More than one entry below {} fits {}: nobody is chosen", base, filter);
                return Optional.empty();
            }
            throw away(e);
        }
    }

    /** All that fit, page by page on one connection (RFC 2696): some servers know the cookie only there. */
    void each(DN base, Filter filter, Consumer<SearchResultEntry> consumer, String... attributes) {
        Pages pages = new Pages(request(base, SearchScope.SUB, filter, attributes));
        LDAPConnection connection = null;
        try {
            connection = connections.getConnection();
            List<SearchResultEntry> first;
            try {
                first = pages.next(connection);
            } catch (LDAPException e) {
                if (e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
                // It had died while it lay in the pool, as after a restart of the server.
                connection = connections.replaceDefunctConnection(connection);
                first = pages.next(connection);
            }
            first.forEach(consumer);
            while (pages.hasMore()) {
                pages.next(connection).forEach(consumer);
            }
            connections.releaseConnection(connection);
        } catch (LDAPException e) {
            if (connection != null) {
                connections.releaseConnectionAfterException(connection, e);
            }
            throw away(e);
        } catch (RuntimeException e) {
            if (connection != null) {
                connections.releaseDefunctConnection(connection);
            }
            throw e;
        }
    }

    List<SearchResultEntry> all(DN base, Filter filter, String... attributes) {
        List<SearchResultEntry> entries = new ArrayList<>();
        each(base, filter, entries::add, attributes);
        return entries;
    }

    /** Some of them where there are more. */
    List<SearchResultEntry> atMost(int most, DN base, Filter filter, String... attributes) {
        SearchRequest request = request(base, SearchScope.SUB, filter, attributes);
        request.setSizeLimit(most);
        try {
            return Objects.requireNonNull(connections.search(request).getSearchEntries(), "asked for without a listener");
        } catch (LDAPSearchException e) {
            List<SearchResultEntry> some = e.getSearchEntries();
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED) && some != null) {
                return some;
            }
            throw away(e);
        }
    }

    /** What was refused or did not come is never "nobody". */
    static Problem away(LDAPException cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The directory does not answer.", cause);
    }

    private static SearchRequest request(DN base, SearchScope scope, Filter filter, String... attributes) {
        SearchRequest request = new SearchRequest(base.toString(), scope, filter, attributes);
        request.setTimeLimitSeconds(SECONDS);
        return request;
    }

    private static final class Pages {

        private final SearchRequest request;
        private @Nullable ASN1OctetString cookie;

        Pages(SearchRequest request) {
            this.request = request;
        }

        List<SearchResultEntry> next(LDAPConnection connection) throws LDAPException {
            request.setControls(new SimplePagedResultsControl(PAGE, cookie, true));
            SearchResult page = connection.search(request);
            SimplePagedResultsControl more = SimplePagedResultsControl.get(page);
            cookie = more == null || !more.moreResultsToReturn() ? null : more.getCookie();
            return Objects.requireNonNull(page.getSearchEntries(), "asked for without a listener");
        }

        boolean hasMore() {
            return cookie != null;
        }
    }
}
