package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.PasswordContract;
import antin.directory.Role;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenDjPasswordTest implements PasswordContract {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final RawLdap LDAP = new RawLdap(SERVER);
    private static final String POLICY_OF_STAFF = "cn=Default Password Policy,cn=Password Policies,cn=config";

    @BeforeAll
    static void lockForSeconds() throws LDAPException {
        lockFor(LOCK.toSeconds());
    }

    @AfterAll
    static void lockForAQuarterOfAnHourAgain() throws LDAPException {
        lockFor(900);
    }

    @Override
    public void bind(String dn, String password) throws LDAPException {
        LDAP.bound(dn, password).close();
    }

    @Override
    public LDAPConnection backbone() throws LDAPException {
        return LDAP.external(SERVER.internalFolder(), "backbone");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.INCLUDE, names = {"CITY_ADMINISTRATOR", "DISTRICT_ADMINISTRATOR", "COMMUNE_ADMINISTRATOR", "AUDITOR"})
    void asksMoreOfAdministratorsFromTheRoleOn(Role role) throws LDAPException {
        set("khoai-mon-nuong");
        try (LDAPConnection backbone = backbone()) {
            backbone.modify(PERSON, new Modification(ModificationType.REPLACE, "antinRole", role.word(), "staff"));
        }
        for (String poor : List.of("khoai-mon-2026", "Khoai-mon-nuong", "KHOAI-MON-2026", "Khoaimonnuong2026", "Khoai-mon-202")) {
            assertThatThrownBy(() -> set(poor)).as(poor).isInstanceOfSatisfying(LDAPException.class, e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
        }
        set("Khoai-mon-2026");
        set("ĐỂ mon ăn 2026");
    }

    @Test
    void keepsPasswordsByTheNamedSchemeAndOpensOlderOnes() throws LDAPException {
        try (LDAPConnection manager = LDAP.manager()) {
            assertThat(stored(manager)).startsWith("{PBKDF2-HMAC-SHA512}60000:");
            replace(manager, POLICY_OF_STAFF, "ds-cfg-default-password-storage-scheme", "cn=PBKDF2-HMAC-SHA256,cn=Password Storage Schemes,cn=config");
            set("khoai-mon-1");
            assertThat(stored(manager)).startsWith("{PBKDF2-HMAC-SHA256}");
            replace(manager, POLICY_OF_STAFF, "ds-cfg-default-password-storage-scheme", "cn=PBKDF2-HMAC-SHA512,cn=Password Storage Schemes,cn=config");
            bind(PERSON, "khoai-mon-1");
            set("khoai-mon-2");
            assertThat(stored(manager)).startsWith("{PBKDF2-HMAC-SHA512}");
        }
    }

    @Test
    void closesAnAccountThatWasIdleTooLongUntilItsPasswordIsSet() throws LDAPException {
        bind(PERSON, FIRST);
        try (LDAPConnection manager = LDAP.manager()) {
            assertThat(value(manager, PERSON, "ds-pwp-last-login-time")).isEqualTo(day(0));
            // A person of before the rules: no date in the entry, so the day on which the rules came counts.
            String old = "uid=" + SERVER.person("quynh.ly").number() + ",ou=people,dc=city,dc=example";
            rulesSince(manager, day(1));
            bind(old, SERVER.person("quynh.ly").password());
            rulesSince(manager, day(46));
            String idle = "uid=" + SERVER.person("thuy.mai").number() + ",ou=people,dc=city,dc=example";
            assertThat(value(manager, idle, "ds-pwp-last-login-time")).as("never came").isEqualTo(day(46));
            assertThatThrownBy(() -> bind(idle, SERVER.person("thuy.mai").password())).isInstanceOfSatisfying(LDAPException.class,
                e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS));
            bind(old, SERVER.person("quynh.ly").password());
            rulesSince(manager, day(44));
            bind(idle, SERVER.person("thuy.mai").password());
            rulesSince(manager, day(0));
        }
    }

    private static void rulesSince(LDAPConnection manager, String day) throws LDAPException {
        replace(manager, "cn=Last Login Before The Rules,cn=Virtual Attributes,cn=config", "ds-cfg-value", day);
        replace(manager, "cn=Password Change Before The Rules,cn=Virtual Attributes,cn=config", "ds-cfg-value", day + "000000Z");
    }

    private static String day(int ago) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(ago).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String stored(LDAPConnection manager) throws LDAPException {
        return value(manager, PERSON, "userPassword");
    }

    private static String value(LDAPConnection manager, String dn, String attribute) throws LDAPException {
        return Objects.requireNonNull(Objects.requireNonNull(manager.getEntry(dn, attribute)).getAttributeValue(attribute));
    }

    private static void lockFor(long seconds) throws LDAPException {
        try (LDAPConnection manager = LDAP.manager()) {
            replace(manager, POLICY_OF_STAFF, "ds-cfg-lockout-duration", seconds + " seconds");
            replace(manager, POLICY_OF_STAFF, "ds-cfg-lockout-failure-expiration-interval", seconds + " seconds");
        }
    }

    private static void replace(LDAPConnection manager, String dn, String attribute, String... values) throws LDAPException {
        manager.modify(dn, new Modification(ModificationType.REPLACE, attribute, values));
    }
}
