package antin.directory.ldap;

import antin.directory.AddressBookAccess;
import antin.directory.Directory;
import antin.directory.Person;
import antin.directory.Recipient;
import antin.directory.Register;
import antin.directory.Unit;
import antin.kernel.tls.InternalIdentity;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@link Directory} over LDAPS. Nothing is kept but the units of people for five seconds: what the directory says now is what counts. */
public final class LdapDirectory implements Directory {

    /** What a server may answer to a bind with a wrong password, or for a person that may not bind. */
    private static final Set<ResultCode> REFUSED = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.INAPPROPRIATE_AUTHENTICATION,
        ResultCode.NO_SUCH_OBJECT, ResultCode.CONSTRAINT_VIOLATION);

    private final LdapConnections connections;
    private final String base;
    private final Places places;
    private final LdapUnits units;
    private final LdapPeople people;
    private final LdapGrants grants;
    private final String mailDomain;

    private LdapDirectory(LdapConnections connections, LdapSettings settings, InstantSource clock) {
        this.connections = connections;
        this.base = settings.base();
        this.places = new Places(settings.base());
        LdapReads reads = new LdapReads(connections.own);
        this.units = new LdapUnits(reads, places, clock);
        this.people = new LdapPeople(reads, places, units);
        this.grants = grants(connections, places, reads);
        this.mailDomain = settings.mailDomain();
    }

    /** Connects when first asked: a directory that is away now is no reason not to start. */
    public static LdapDirectory connect(LdapSettings settings, InternalIdentity identity) {
        return new LdapDirectory(new LdapConnections(settings, identity), settings, InstantSource.system());
    }

    /** Who may look people up, over the same connections. */
    public AddressBookAccess addressBookAccess() {
        return new LdapAddressBookAccess(base, places, connections.own);
    }

    /** The same directory for those who administer it, over the same connections; the server lets {@code backbone} alone write. */
    public Register register() {
        return new LdapRegister(connections, places);
    }

    @Override
    public Optional<Person> authenticate(String login, String password) {
        if (!PersonSecrets.isPassword(password)) {
            return Optional.empty();
        }
        Optional<SearchResultEntry> entry = people.entry(login);
        // One bind in any case, so that the answer's time tells nothing about who exists.
        boolean right = binds(entry.map(SearchResultEntry::getDN).orElse(places.decoy.toString()), password);
        return right ? entry.filter(LdapPeople::isActive).map(people::person) : Optional.empty();
    }

    @Override
    public Optional<Person> person(String login) {
        return people.activeEntry(login).map(people::person);
    }

    @Override
    public Optional<String> number(String login) {
        return people.entry(login).map(entry -> entry.getAttributeValue("uid"));
    }

    @Override
    public Optional<Recipient> resolve(String address) {
        return !LdapPeople.isAddress(address) ? Optional.empty()
            : people.activeEntry(address).map(LdapPeople::address).map(mail -> new Recipient(List.of(mail))).or(() -> grants.readers(address));
    }

    @Override
    public Optional<String> mailbox(Person person, String address) {
        return person.addresses().stream().anyMatch(address::equalsIgnoreCase) ? Optional.of(person.address())
            : LdapPeople.isAddress(address) ? grants.mailbox(person, address) : Optional.empty();
    }

    @Override
    public boolean maySend(Person person, String from) {
        return person.addresses().stream().anyMatch(from::equalsIgnoreCase) || LdapPeople.isAddress(from) && grants.maySend(person, from);
    }

    @Override
    public Optional<Unit> unit(String id) {
        return units.find(id);
    }

    @Override
    public List<Unit> units() {
        return units.all();
    }

    @Override
    public boolean isLocalDomain(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        if (name.equals(mailDomain)) {
            return true;
        }
        String unit = name.endsWith('.' + mailDomain) ? name.substring(0, name.length() - mailDomain.length() - 1) : "";
        return unit(unit).isPresent();
    }

    @Override
    public boolean isAvailable() {
        try {
            return connections.own.getEntry(places.people.toString(), SearchRequest.NO_ATTRIBUTES) != null;
        } catch (LDAPException e) {
            return false;
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private static LdapGrants grants(LdapConnections connections, Places places, LdapReads reads) {
        LdapWrites writes = new LdapWrites(connections.own, reads);
        UnitEntries units = new UnitEntries(places, reads);
        return new LdapGrants(places, reads, units, new GroupEntries(places, reads, writes, new Rules(places, units)),
            new MailboxEntries(places, reads, writes, new Addresses(places, reads)));
    }

    /** OpenDJ notes wrong passwords by the millisecond, and answers so to the second one of the same: only wrong ones are noted. */
    private static boolean isSecondFailureOfAnInstant(LDAPException e) {
        return e.getResultCode().equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS) && String.valueOf(e.getDiagnosticMessage()).contains("pwdFailureTime");
    }

    private boolean binds(String dn, String password) {
        try {
            return connections.binds.bind(new SimpleBindRequest(dn, password)).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            if (REFUSED.contains(e.getResultCode()) || isSecondFailureOfAnInstant(e)) {
                return false;
            }
            throw LdapReads.away(e);
        }
    }
}
