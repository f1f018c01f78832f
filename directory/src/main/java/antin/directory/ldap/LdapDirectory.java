package antin.directory.ldap;

import antin.directory.Directory;
import antin.directory.Person;
import antin.directory.Recipient;
import antin.directory.Role;
import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.InternalIdentity;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Directory} over LDAPS. Nothing is cached: what the directory says now is what counts. */
public final class LdapDirectory implements Directory {

    private static final Logger LOG = LoggerFactory.getLogger(LdapDirectory.class);

    /** Digits and printable ASCII only: a server folds spaces and wide or invisible characters (RFC 4518), and so one person had many names. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,32}");
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^@]]{1,64}@[!-~&&[^@]]{1,189}"); // RFC 5321, 4.5.3.1: 254 in all
    private static final int MAX_PASSWORD_BYTES = 512;
    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"); // RFC 1123, 2.1
    private static final String ACTIVE = "active";
    private static final String[] PERSON_ATTRIBUTES = {"uid", "cn", "mail", "antinMailAlternateAddress", "antinUnit", "antinRole",
        "antinStatus", "preferredLanguage"};
    /** What a server may answer to a bind with a wrong password, or for a person that may not bind. */
    private static final Set<ResultCode> REFUSED = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.INAPPROPRIATE_AUTHENTICATION,
        ResultCode.NO_SUCH_OBJECT, ResultCode.CONSTRAINT_VIOLATION);

    private final LdapConnections connections;
    private final String people;
    private final String unitsBase;
    private final LdapUnits units;
    private final String decoy;
    private final String mailDomain;

    private LdapDirectory(LdapConnections connections, LdapSettings settings) {
        this.connections = connections;
        this.people = "ou=people," + settings.base();
        this.unitsBase = "ou=units," + settings.base();
        this.units = new LdapUnits(connections.reads, unitsBase);
        this.decoy = "cn=decoy,ou=services," + settings.base();
        this.mailDomain = settings.mailDomain();
    }

    /** Connects when first asked: a directory that is away now is no reason not to start. */
    public static LdapDirectory connect(LdapSettings settings, InternalIdentity identity) {
        return new LdapDirectory(new LdapConnections(settings, identity), settings);
    }

    @Override
    public Optional<Person> authenticate(String login, String password) {
        if (!isPassword(password)) {
            return Optional.empty();
        }
        Optional<SearchResultEntry> entry = entry(login);
        // One bind in any case, so that the answer's time tells nothing about who exists.
        boolean right = binds(entry.map(SearchResultEntry::getDN).orElse(decoy), password);
        return right ? entry.filter(LdapDirectory::isActive).flatMap(this::person) : Optional.empty();
    }

    @Override
    public Optional<Person> person(String login) {
        return activeEntry(login).flatMap(this::person);
    }

    @Override
    public Optional<Recipient> resolve(String address) {
        return !ADDRESS.matcher(address).matches() ? Optional.empty()
            : activeEntry(address).flatMap(entry -> text(entry, "mail")).map(mail -> new Recipient(List.of(mail)));
    }

    @Override
    public Optional<Unit> unit(String id) {
        String name = id.length() > LONGEST_LABEL ? "" : id.toLowerCase(Locale.ROOT);
        if (!LABEL.matcher(name).matches()) {
            return Optional.empty();
        }
        return one(unitsBase, LdapUnits.named(name), LdapUnits.ATTRIBUTES).map(units::unit);
    }

    @Override
    public List<Unit> units() {
        try {
            return units.all();
        } catch (LDAPException e) {
            throw away(e);
        }
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
            return connections.reads.getEntry(people, SearchRequest.NO_ATTRIBUTES) != null;
        } catch (LDAPException e) {
            return false;
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private Optional<SearchResultEntry> activeEntry(String login) {
        return entry(login).filter(LdapDirectory::isActive);
    }

    private Optional<SearchResultEntry> entry(String login) {
        // Values are set, never put into a filter's text (RFC 4515, 3): no login can widen the search.
        Filter who;
        if (NUMBER.matcher(login).matches()) {
            who = Filter.createEqualityFilter("uid", login);
        } else if (ADDRESS.matcher(login).matches()) {
            who = Filter.createORFilter(Filter.createEqualityFilter("mail", login), Filter.createEqualityFilter("antinMailAlternateAddress", login));
        } else {
            return Optional.empty();
        }
        return one(people, Filter.createANDFilter(Filter.createEqualityFilter("objectClass", "antinStaff"), who), PERSON_ATTRIBUTES);
    }

    private Optional<SearchResultEntry> one(String base, Filter filter, String... attributes) {
        try {
            return Optional.ofNullable(connections.reads.searchForEntry(new SearchRequest(base, SearchScope.SUB, filter, attributes)));
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                LOG.error("More than one entry below {} fits {}: nobody is chosen", base, filter);
                return Optional.empty();
            }
            throw away(e);
        }
    }

    private boolean binds(String dn, String password) {
        try {
            return connections.binds.bind(new SimpleBindRequest(dn, password)).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            if (REFUSED.contains(e.getResultCode())) {
                return false;
            }
            throw away(e);
        }
    }

    private Optional<Person> person(SearchResultEntry entry) {
        String number = text(entry, "uid").orElseThrow();
        String address = text(entry, "mail").orElseThrow().toLowerCase(Locale.ROOT);
        List<String> addresses = new ArrayList<>(List.of(address));
        values(entry, "antinMailAlternateAddress").map(further -> further.toLowerCase(Locale.ROOT)).filter(further -> !further.equals(address)).forEach(addresses::add);
        Set<Role> roles = values(entry, "antinRole").flatMap(word -> Role.of(word).stream()).collect(Collectors.toSet());
        String home = text(entry, "antinUnit").orElse("");
        Unit unit = unit(home).orElseGet(() -> {
            LOG.warn("The unit {} of the person {} does not exist", home, number);
            return new Unit(home, home, "");
        });
        return Optional.of(new Person(number, text(entry, "cn").orElse(number), address, addresses, unit, roles,
            text(entry, "preferredLanguage").filter("en"::equals).orElse("vi")));
    }

    /** Empty would "succeed" as nobody (RFC 4513, 5.1.2); zero bytes at the end change nothing in HMAC, and so in PBKDF2. */
    private static boolean isPassword(String password) {
        return !password.isEmpty() && password.indexOf('\0') < 0 && password.getBytes(StandardCharsets.UTF_8).length <= MAX_PASSWORD_BYTES;
    }

    private static boolean isActive(SearchResultEntry entry) {
        return ACTIVE.equals(entry.getAttributeValue("antinStatus"));
    }

    private static Optional<String> text(SearchResultEntry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute));
    }

    private static Stream<String> values(SearchResultEntry entry, String attribute) {
        @Nullable String[] values = entry.getAttributeValues(attribute);
        return values == null ? Stream.empty() : Arrays.stream(values);
    }

    private static Problem away(LDAPException cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The directory does not answer.", cause);
    }
}
