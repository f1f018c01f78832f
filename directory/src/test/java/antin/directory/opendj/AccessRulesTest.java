package antin.directory.opendj;

import static antin.directory.opendj.TestDirectory.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Role;
import antin.directory.opendj.TestDirectory.TestPerson;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what, tried with raw binds of every role. */
class AccessRulesTest {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final RawLdap LDAP = new RawLdap(SERVER);
    private static final TestPerson PERSON = SERVER.person("cuong.le"); // an administrator: rights of pages, none of LDAP
    private static final TestPerson OTHER = SERVER.person("huong.vu");
    private static final List<String> PLACES = List.of("", BASE, "ou=people," + BASE, "ou=units," + BASE, "ou=services," + BASE,
        "ou=groups," + BASE, "ou=mailboxes," + BASE, "ou=address-book-access," + BASE,
        "cn=schema", "cn=config", "cn=monitor", "cn=admin data", "cn=tasks", "cn=backups", "cn=changelog");

    @TempDir
    private Path folder;

    @Test
    void anonymousReadsNothing() throws LDAPException {
        try (LDAPConnection anonymous = LDAP.anonymous()) {
            for (String place : PLACES) {
                assertRefused(() -> anonymous.search(place, SearchScope.SUB, "(objectClass=*)"));
            }
        }
    }

    @Test
    void aPersonReadsNothingNotEvenTheirOwnEntry() throws LDAPException {
        try (LDAPConnection person = LDAP.bound(dn(PERSON), PERSON.password())) {
            for (String place : PLACES) {
                for (SearchScope scope : List.of(SearchScope.BASE, SearchScope.SUB)) {
                    assertThat(found(person, place, scope, "(objectClass=*)", "*", "+")).as(place).isEmpty();
                }
            }
            assertThat(found(person, dn(PERSON), SearchScope.BASE, "(objectClass=*)", "*", "+")).isEmpty();
            assertThat(found(person, BASE, SearchScope.SUB, "(uid=" + PERSON.number() + ")")).isEmpty();
            assertRefused(() -> person.compare(dn(PERSON), "uid", PERSON.number()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyReadsOrWritesAnythingWhateverTheirRolePositionOrState(Role role) throws LDAPException {
        String number = Integer.toString(310001 + role.ordinal());
        String own = "uid=" + number + ",ou=people," + BASE;
        String password = "Một-Mật-khẩu-Dài-2026";
        try (LDAPConnection backbone = LDAP.external(SERVER.internalFolder(), "backbone")) {
            Entry newcomer = newcomer(number);
            newcomer.setAttribute("userPassword", password);
            newcomer.addAttribute("antinRole", role.word());
            newcomer.addAttribute("antinPosition", "ubnd-tp///Phó Chủ tịch");
            backbone.add(newcomer);
            try {
                for (String status : List.of("active", "disabled")) {
                    backbone.modify(own, new Modification(ModificationType.REPLACE, "antinStatus", status));
                    try (LDAPConnection person = LDAP.bound(own, password)) {
                        for (String place : PLACES) {
                            assertThat(found(person, place, SearchScope.SUB, "(objectClass=*)", "*", "+")).as(place).isEmpty();
                        }
                        assertThat(found(person, own, SearchScope.BASE, "(objectClass=*)", "*", "+")).isEmpty();
                        for (String attribute : List.of("userPassword", "antinRole", "antinStatus", "telephoneNumber", "description")) {
                            assertRefused(() -> person.modify(own, new Modification(ModificationType.REPLACE, attribute, "active")));
                        }
                        assertRefused(() -> person.add("cn=own,ou=address-book-access," + BASE, new Attribute("objectClass", "applicationProcess"), new Attribute("cn", "own")));
                        assertRefused(() -> person.delete(own));
                    }
                }
            } finally {
                backbone.delete(own);
            }
        }
    }

    @Test
    void aPersonWritesNothingNotEvenTheirOwnPassword() throws LDAPException {
        try (LDAPConnection person = LDAP.bound(dn(PERSON), PERSON.password())) {
            for (String attribute : List.of("userPassword", "preferredLanguage", "antinRole", "telephoneNumber", "description", "aci", "ds-privilege-name")) {
                assertRefused(() -> person.modify(dn(PERSON), new Modification(ModificationType.REPLACE, attribute, "city-administrator")));
                assertRefused(() -> person.modify(dn(OTHER), new Modification(ModificationType.REPLACE, attribute, "city-administrator")));
            }
            assertThat(person.processExtendedOperation(new PasswordModifyExtendedRequest(PERSON.password(), "another-Passw0rd")).getResultCode())
                .isNotEqualTo(ResultCode.SUCCESS);
            assertRefused(() -> person.add(newcomer("300001")));
            assertRefused(() -> person.delete(dn(OTHER)));
            assertRefused(() -> person.modifyDN(dn(PERSON), "uid=300001", true));
        }
        LDAP.bound(dn(PERSON), PERSON.password()).close(); // still the old password
    }

    @Test
    void noPasswordGoesWithoutTls() throws Exception {
        try (LDAPConnection clear = new LDAPConnection("127.0.0.1", SERVER.ldapPort())) {
            assertRefused(() -> clear.bind(dn(PERSON), PERSON.password()));
            clear.processExtendedOperation(new StartTLSExtendedRequest(LDAP.context(null)));
            clear.bind(dn(PERSON), PERSON.password());
        }
    }

    @Test
    void aForeignCertificateIsNoPeer() throws IOException {
        TestAuthority foreign = new TestAuthority("CN=Test Internal CA"); // even under the same name
        foreign.issue(folder, "backbone", "CN=backbone,OU=services,DC=city,DC=example", "antin:backbone");
        assertThatThrownBy(() -> LDAP.external(folder, "backbone")).isInstanceOf(LDAPException.class);
    }

    @Test
    void aCertificateOfThePublicAuthorityIsNoPeer() {
        assertThatThrownBy(() -> LDAP.external(SERVER.state().resolve("tls"), "directory")).isInstanceOf(LDAPException.class);
    }

    @Test
    void anInternalCertificateForNobodyIsNoPeer() throws IOException {
        SERVER.issue("unknown", "CN=unknown,OU=services,DC=city,DC=example", "antin:unknown");
        assertThatThrownBy(() -> LDAP.external(SERVER.internalFolder(), "unknown")).isInstanceOfSatisfying(LDAPException.class,
            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS));
    }

    @Test
    void aPersonsCertificateOpensNoMoreThanTheirPassword() throws Exception {
        SERVER.issue("person", "UID=" + PERSON.number() + ",OU=people,DC=city,DC=example", "");
        try (LDAPConnection person = LDAP.external(SERVER.internalFolder(), "person")) {
            assertThat(found(person, BASE, SearchScope.SUB, "(objectClass=*)", "*", "+")).isEmpty();
        }
    }

    @Test
    void processesHaveNoPassword() {
        for (String service : List.of("backbone", "mail-server", "decoy")) {
            assertRefused(() -> LDAP.bound("cn=" + service + ",ou=services," + BASE, "password"));
        }
    }

    @Test
    void processesNeverReadPasswords() throws LDAPException {
        for (String service : List.of("backbone", "mail-server")) {
            try (LDAPConnection connection = LDAP.external(SERVER.internalFolder(), service)) {
                List<SearchResultEntry> people = found(connection, "ou=people," + BASE, SearchScope.SUB, "(objectClass=*)", "*", "+", "userPassword", "authPassword");
                assertThat(people).hasSizeGreaterThan(SERVER.people().size());
                assertThat(people).noneMatch(entry -> entry.hasAttribute("userPassword"));
                assertThat(found(connection, BASE, SearchScope.SUB, "(userPassword=*)")).isEmpty();
                assertRefused(() -> connection.compare(dn(PERSON), "userPassword", PERSON.password()));
                assertThat(found(connection, "ou=services," + BASE, SearchScope.SUB, "(objectClass=*)")).isEmpty();
                assertThat(found(connection, "cn=config", SearchScope.SUB, "(objectClass=*)")).isEmpty();
            }
        }
    }

    @Test
    void mailServerReadsOnlyWhatItNeeds() throws LDAPException {
        try (LDAPConnection mail = LDAP.external(SERVER.internalFolder(), "mail-server")) {
            SearchResultEntry person = found(mail, dn(PERSON), SearchScope.BASE, "(objectClass=*)", "*", "+").getFirst();
            assertThat(person.getAttributes()).extracting(attribute -> attribute.getBaseName()).containsOnly("objectClass", "uid", "cn",
                "mail", "antinMailAlternateAddress", "antinUnit", "antinRole", "antinStatus", "preferredLanguage");
        }
    }

    @Test
    void mailServerWritesNothing() throws LDAPException {
        try (LDAPConnection mail = LDAP.external(SERVER.internalFolder(), "mail-server")) {
            for (String attribute : List.of("userPassword", "mail", "antinStatus", "antinRole")) {
                assertRefused(() -> mail.modify(dn(PERSON), new Modification(ModificationType.REPLACE, attribute, "x@city.example")));
            }
            assertRefused(() -> mail.add(newcomer("300002")));
            assertRefused(() -> mail.delete(dn(OTHER)));
        }
    }

    @Test
    void backboneKeepsPeopleAndSetsPasswords() throws LDAPException {
        try (LDAPConnection backbone = LDAP.external(SERVER.internalFolder(), "backbone")) {
            Entry newcomer = newcomer("300003");
            backbone.add(newcomer);
            backbone.modify(newcomer.getDN(), new Modification(ModificationType.REPLACE, "userPassword", "Mật-khẩu-mới-2026"));
            backbone.modify(newcomer.getDN(), new Modification(ModificationType.REPLACE, "antinUnit", "xa-long-son"));
            LDAP.bound(newcomer.getDN(), "Mật-khẩu-mới-2026").close();
            backbone.delete(newcomer.getDN());
        }
    }

    @Test
    void backboneGivesNoRightsOfTheServer() throws LDAPException {
        try (LDAPConnection backbone = LDAP.external(SERVER.internalFolder(), "backbone")) {
            String aci = "(targetattr=\"*\")(version 3.0; acl \"all\"; allow (all) userdn=\"ldap:///all\";)";
            assertRefused(() -> backbone.modify(dn(OTHER), new Modification(ModificationType.ADD, "aci", aci)));
            assertRefused(() -> backbone.modify(dn(OTHER), new Modification(ModificationType.ADD, "ds-privilege-name", "bypass-acl")));
            Entry newcomer = newcomer("300004");
            newcomer.addAttribute("ds-privilege-name", "bypass-acl");
            assertRefused(() -> backbone.add(newcomer));
            assertRefused(() -> backbone.modify("cn=mail-server,ou=services," + BASE, new Modification(ModificationType.ADD, "description", "x")));
            assertRefused(() -> backbone.modify("cn=config", new Modification(ModificationType.REPLACE, "ds-cfg-reject-unauthenticated-requests", "false")));
            assertRefused(() -> backbone.modify(BASE, new Modification(ModificationType.ADD, "description", "x")));
        }
    }

    @Test
    void anAddressBelongsToOnePersonOnly() throws LDAPException {
        try (LDAPConnection backbone = LDAP.external(SERVER.internalFolder(), "backbone")) {
            assertRefused(() -> backbone.modify(dn(OTHER), new Modification(ModificationType.ADD, "antinMailAlternateAddress", PERSON.address())));
            assertRefused(() -> backbone.modify(dn(OTHER), new Modification(ModificationType.REPLACE, "mail", "chutich@city.example")));
        }
    }

    private static Entry newcomer(String number) {
        return new Entry("uid=" + number + ",ou=people," + BASE,
            new Attribute("objectClass", "inetOrgPerson", "antinStaff"),
            new Attribute("uid", number), new Attribute("cn", "Tô Mới"),
            new Attribute("sn", "Tô"), new Attribute("mail", number + "@city.example"),
            new Attribute("antinUnit", "so-noi-vu"), new Attribute("antinStatus", "active"),
            new Attribute("userPassword", "Ban-dau-2026"));
    }

    private static String dn(TestPerson person) {
        return "uid=" + person.number() + ",ou=people," + BASE;
    }

    /** What a search shows; a refusal shows nothing. */
    private static List<SearchResultEntry> found(LDAPConnection connection, String base, SearchScope scope, String filter, String... attributes) throws LDAPException {
        try {
            return List.copyOf(Objects.requireNonNull(connection.search(base, scope, filter, attributes).getSearchEntries()));
        } catch (LDAPSearchException e) {
            assertThat(e.getResultCode()).isIn(ResultCode.NO_SUCH_OBJECT, ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(e.getEntryCount()).isZero();
            return List.of();
        }
    }

    private static void assertRefused(ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(LDAPException.class, e -> assertThat(e.getResultCode()).isIn(
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ResultCode.UNWILLING_TO_PERFORM, ResultCode.INVALID_CREDENTIALS, ResultCode.NO_SUCH_OBJECT,
            ResultCode.CONSTRAINT_VIOLATION));
    }
}
