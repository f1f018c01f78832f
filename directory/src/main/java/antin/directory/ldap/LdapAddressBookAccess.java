package antin.directory.ldap;

import antin.directory.AddressBookAccess;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@link AddressBookAccess} as entries below {@code ou=address-book-access}, over the connections of an {@link LdapDirectory}, which closes them. */
final class LdapAddressBookAccess implements AddressBookAccess {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Filter IS_ACCESS = Filter.createEqualityFilter("objectClass", "simpleSecurityObject");

    private final String base;
    private final DN branch;
    private final Places places;
    private final LdapReads reads;
    private final LDAPConnectionPool connections;

    LdapAddressBookAccess(String base, Places places, LDAPConnectionPool connections) {
        this.base = base;
        this.branch = places.addressBookAccess;
        this.places = places;
        this.reads = new LdapReads(connections);
        this.connections = connections;
    }

    @Override
    public String searchBase() {
        return base;
    }

    @Override
    public String bindName(String id) {
        return name(id).toString();
    }

    @Override
    public void open(Access access, String password) {
        AddRequest request = new AddRequest(name(access.id()), new Attribute("objectClass", "applicationProcess", "simpleSecurityObject"),
            new Attribute("cn", access.id()), new Attribute("seeAlso", places.person(access.person()).toString()), new Attribute("userPassword", password));
        try {
            if (policyIsNamedByEntries()) {
                request.addAttribute("pwdPolicySubentry", "cn=machines,ou=policies," + base);
            }
            try {
                connections.add(request);
            } catch (LDAPException e) {
                if (!LdapWrites.isLost(e)) {
                    throw e;
                }
                connections.add(request); // the same entry by the same name: once or twice is the same
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                throw LdapReads.away(e);
            }
        }
    }

    @Override
    public void close(String id) {
        DeleteRequest request = new DeleteRequest(name(id));
        try {
            try {
                connections.delete(request);
            } catch (LDAPException e) {
                if (!LdapWrites.isLost(e)) {
                    throw e;
                }
                connections.delete(request);
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw LdapReads.away(e);
            }
        }
    }

    @Override
    public List<Access> all() {
        return reads.all(branch, IS_ACCESS, "cn", "seeAlso").stream().map(this::read).flatMap(Optional::stream).toList();
    }

    /** slapd's way; OpenDJ knows by the place of the entry, and lets nobody name it. */
    private boolean policyIsNamedByEntries() throws LDAPException {
        RootDSE server = connections.getRootDSE();
        return server != null && server.hasObjectClass("OpenLDAProotDSE");
    }

    /** An entry without an owner is nobody's, and so it comes with an empty one: whoever looks for owners finds none. */
    private Optional<Access> read(SearchResultEntry entry) {
        String id = entry.getAttributeValue("cn");
        String owner = entry.getAttributeValue("seeAlso");
        return id == null ? Optional.empty() : Optional.of(new Access(id, owner == null ? "" : places.number(owner).orElse("")));
    }

    private DN name(String id) {
        if (!ID.matcher(id).matches()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "An app password's identifier is small letters, digits and hyphens.");
        }
        return new DN(new RDN("cn", id), branch);
    }
}
