package antin.directory.slapd;

import static antin.directory.slapd.TestSlapd.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.DirectoryContract.Known;
import antin.directory.Role;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestAuthority;
import com.unboundid.ldap.sdk.Attribute;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OpenDJ's rules give and refuse, slapd's give and refuse too; tried with raw binds of every role. */
class SlapdAccessRulesTest {

    private static final List<String> PLACES = List.of("", BASE, "ou=people," + BASE, "ou=units," + BASE, "ou=services," + BASE,
        "cn=subschema", "cn=config", "cn=monitor");
    private static final Set<ResultCode> REFUSALS = Set.of(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ResultCode.NO_SUCH_OBJECT,
        ResultCode.INVALID_CREDENTIALS, ResultCode.INAPPROPRIATE_AUTHENTICATION, ResultCode.STRONG_AUTH_REQUIRED, ResultCode.CONFIDENTIALITY_REQUIRED,
        ResultCode.CONSTRAINT_VIOLATION, ResultCode.UNWILLING_TO_PERFORM);

    private static final List<TestSlapd> RUNNING = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void startWithAPersonOfEachRole() throws LDAPException {
        RUNNING.add(TestSlapd.start());
        try (LDAPConnection backbone = process("backbone")) {
            for (Role role : Role.values()) {
                SlapdPeople.add(backbone, person(role), "active");
            }
        }
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(TestSlapd::close);
    }

    @Test
    void anonymousReadsNothing() throws LDAPException {
        try (LDAPConnection anonymous = ldap().anonymous()) {
            for (String place : PLACES) {
                assertThat(found(anonymous, place, SearchScope.BASE)).as(place).isEmpty();
                assertThat(found(anonymous, place, SearchScope.SUB)).as(place).isEmpty();
            }
            assertRefused(() -> anonymous.bind("", ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPersonReadsAndWritesNothingNotEvenTheirOwn(Role role) throws LDAPException {
        Known person = person(role);
        String own = SlapdPeople.dn(person);
        try (LDAPConnection bound = ldap().bound(own, person.password())) {
            for (String place : PLACES) {
                assertThat(found(bound, place, SearchScope.BASE)).as(place).isEmpty();
                assertThat(found(bound, place, SearchScope.SUB)).as(place).isEmpty();
            }
            assertThat(found(bound, own, SearchScope.BASE)).isEmpty();
            assertRefused(() -> bound.compare(own, "uid", person.number()));
            for (String attribute : List.of("userPassword", "preferredLanguage", "antinRole", "telephoneNumber", "description", "pwdPolicySubentry")) {
                assertRefused(() -> bound.modify(own, new Modification(ModificationType.REPLACE, attribute, own)));
            }
            assertThat(bound.processExtendedOperation(new PasswordModifyExtendedRequest(person.password(), "another-Passw0rd")).getResultCode())
                .isNotEqualTo(ResultCode.SUCCESS);
            assertRefused(() -> bound.add("ou=own,ou=units," + BASE, new Attribute("objectClass", "organizationalUnit"), new Attribute("ou", "own")));
            assertRefused(() -> bound.delete(own));
            assertRefused(() -> bound.modifyDN(own, "uid=300001", true));
        }
        ldap().bound(own, person.password()).close(); // still the old password
    }

    @Test
    void noPasswordGoesWithoutTls() throws Exception {
        Known person = person(Role.STAFF);
        try (LDAPConnection clear = new LDAPConnection("127.0.0.1", RUNNING.getFirst().ldapPort())) {
            assertRefused(() -> clear.bind(SlapdPeople.dn(person), person.password()));
            clear.processExtendedOperation(new StartTLSExtendedRequest(ldap().context(null)));
            clear.bind(SlapdPeople.dn(person), person.password());
        }
    }

    @Test
    void certificatesOfOthersAreNoPeer() throws IOException {
        new TestAuthority("CN=Test Internal CA").issue(folder, "backbone", "CN=backbone,OU=services,DC=city,DC=example", "antin:backbone");
        assertThatThrownBy(() -> ldap().external(folder, "backbone")).isInstanceOf(LDAPException.class);
        assertThatThrownBy(() -> ldap().external(RUNNING.getFirst().tlsFolder(), "slapd")).isInstanceOf(LDAPException.class);
    }

    /** slapd takes a subject for a name without looking whether the entry exists; so the rules name whom they serve. */
    @Test
    void anInternalCertificateForNobodyOpensNothing() throws IOException, LDAPException {
        RUNNING.getFirst().issue("unknown", "CN=unknown,OU=services,DC=city,DC=example");
        try (LDAPConnection unknown = process("unknown")) {
            assertThat(found(unknown, BASE, SearchScope.SUB)).isEmpty();
        }
    }

    @Test
    void processesReadWhatTheyNeedAndNoPasswords() throws LDAPException {
        String person = SlapdPeople.dn(person(Role.CLERK));
        for (String service : List.of("backbone", "mail-server")) {
            try (LDAPConnection connection = process(service)) {
                assertThat(found(connection, "ou=people," + BASE, SearchScope.SUB)).hasSizeGreaterThan(Role.values().length).noneMatch(entry -> entry.hasAttribute("userPassword"));
                assertRefused(() -> connection.compare(person, "userPassword", person(Role.CLERK).password()));
                assertThat(found(connection, "ou=services," + BASE, SearchScope.SUB)).isEmpty();
                assertThat(found(connection, "cn=config", SearchScope.SUB)).isEmpty();
                assertRefused(() -> ldap().bound("cn=" + service + ",ou=services," + BASE, "password"));
            }
        }
        try (LDAPConnection mail = process("mail-server")) {
            assertThat(found(mail, person, SearchScope.BASE).getFirst().getAttributes()).extracting(Attribute::getName).containsExactlyInAnyOrder(
                "objectClass", "uid", "cn", "mail", "antinMailAlternateAddress", "antinUnit", "antinRole", "antinStatus");
            assertRefused(() -> mail.modify(person, new Modification(ModificationType.REPLACE, "antinStatus", "disabled")));
            assertRefused(() -> mail.delete(person));
        }
    }

    @Test
    void backboneSetsPasswordsAndKeepsAddressesUnique() throws LDAPException {
        Known auditor = person(Role.AUDITOR);
        try (LDAPConnection backbone = process("backbone")) {
            Known newcomer = new Known("220001", "Tô Mới", "moi.to@city.example", "moi.to@so-noi-vu.city.example", "so-noi-vu", Role.STAFF, "Mật-khẩu-cũ-2026");
            SlapdPeople.add(backbone, newcomer, "active");
            backbone.modify(SlapdPeople.dn(newcomer), new Modification(ModificationType.REPLACE, "userPassword", "Mật-khẩu-mới-2026"));
            ldap().bound(SlapdPeople.dn(newcomer), "Mật-khẩu-mới-2026").close();
            assertRefused(() -> backbone.modify(SlapdPeople.dn(auditor), new Modification(ModificationType.REPLACE, "mail", person(Role.CLERK).address())));
            assertRefused(() -> backbone.modify(SlapdPeople.dn(auditor), new Modification(ModificationType.ADD, "antinMailAlternateAddress", person(Role.CLERK).furtherAddress())));
            assertRefused(() -> backbone.modify("cn=mail-server,ou=services," + BASE, new Modification(ModificationType.ADD, "description", "x")));
            assertRefused(() -> backbone.modify("cn=config", new Modification(ModificationType.REPLACE, "olcIdleTimeout", "0")));
        }
    }

    private static Known person(Role role) {
        String local = role.word();
        return new Known(Integer.toString(210001 + role.ordinal()), "Người " + local, local + "@city.example", local + "@so-noi-vu.city.example", "so-noi-vu", role,
            "Mật-khẩu-" + local);
    }

    private static RawLdap ldap() {
        return RUNNING.getFirst().raw();
    }

    private static LDAPConnection process(String name) throws LDAPException {
        return ldap().external(RUNNING.getFirst().internalFolder(), name);
    }

    private static List<SearchResultEntry> found(LDAPConnection connection, String base, SearchScope scope) throws LDAPException {
        try {
            return List.copyOf(Objects.requireNonNull(connection.search(base, scope, "(objectClass=*)", "*", "+").getSearchEntries()));
        } catch (LDAPSearchException e) {
            assertThat(REFUSALS).contains(e.getResultCode());
            assertThat(e.getEntryCount()).isZero();
            return List.of();
        }
    }

    private static void assertRefused(ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(LDAPException.class, e -> assertThat(REFUSALS).contains(e.getResultCode()));
    }
}
