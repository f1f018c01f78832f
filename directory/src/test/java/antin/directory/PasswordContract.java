package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.password.PasswordPolicy;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory server itself holds people's passwords to, whatever asks it. */
public interface PasswordContract {

    /** Short enough to wait for, long enough for six binds on a busy machine. */
    Duration LOCK = Duration.ofSeconds(8);
    PasswordPolicy POLICY = new PasswordPolicy(8, 14, 10, 45, 60, 5, LOCK);
    String FIRST = "khoai-mon-0";
    String PERSON = "uid=777001,ou=people,dc=city,dc=example";

    /** Throws where the server refuses. */
    void bind(String dn, String password) throws LDAPException;

    LDAPConnection backbone() throws LDAPException;

    @BeforeEach
    default void addAPerson() throws LDAPException {
        try (LDAPConnection backbone = backbone()) {
            backbone.add(person("777001", Role.STAFF));
            backbone.modify(PERSON, new Modification(ModificationType.REPLACE, "userPassword", FIRST));
        }
    }

    @AfterEach
    default void removeThem() throws LDAPException {
        try (LDAPConnection backbone = backbone()) {
            backbone.delete(PERSON);
        }
    }

    @Test
    default void takesTheRightPasswordAfterFourWrongOnesAndForgetsThose() throws LDAPException {
        for (int round = 0; round < 2; round++) {
            fail(4);
            bind(PERSON, FIRST);
        }
    }

    @Test
    default void locksAfterFiveWrongOnesAndReleasesByItself() {
        fail(5);
        Instant locked = Instant.now();
        assertThatThrownBy(() -> bind(PERSON, FIRST)).as("the right one").isInstanceOfSatisfying(LDAPException.class,
            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS));
        Awaitility.await().atMost(LOCK.multipliedBy(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThatCode(() -> bind(PERSON, FIRST)).doesNotThrowAnyException());
        assertThat(Duration.between(locked, Instant.now())).isGreaterThan(LOCK.minusSeconds(3)); // servers count whole seconds, and the last try took time
    }

    @Test
    default void refusesTheTenPasswordsBeforeEvenFromWhoeverResetsThem() throws LDAPException {
        for (int i = 1; i <= 10; i++) {
            set("khoai-mon-" + i);
        }
        for (int i = 1; i <= 9; i++) {
            String former = "khoai-mon-" + i;
            assertThatThrownBy(() -> set(former)).as(former).isInstanceOfSatisfying(LDAPException.class,
                e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
        }
        bind(PERSON, "khoai-mon-10");
        set("khoai-mon-11");
        set("khoai-mon-12");
        set(FIRST);
        bind(PERSON, FIRST);
    }

    @Test
    default void refusesAShortPassword() throws LDAPException {
        assertThatThrownBy(() -> set("khoaimo")).isInstanceOfSatisfying(LDAPException.class, e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
        set("khoaimon");
    }

    @Test
    default void tellsWhenAPasswordWasSet() throws LDAPException {
        try (LDAPConnection backbone = backbone()) {
            SearchResultEntry entry = Objects.requireNonNull(backbone.getEntry(PERSON, "pwdChangedTime"));
            Instant changed = Objects.requireNonNull(entry.getAttributeValueAsDate("pwdChangedTime")).toInstant();
            assertThat(Duration.between(changed, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        }
    }

    /** Nobody is locked out in place of people who do not exist: their answer would come faster. */
    @Test
    default void locksNoDecoy() throws LDAPException {
        String decoy = "cn=decoy,ou=services,dc=city,dc=example";
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < 8; i++) {
            Instant begun = Instant.now();
            assertThatThrownBy(() -> bind(decoy, "wrong")).isInstanceOf(LDAPException.class);
            Duration taken = Duration.between(begun, Instant.now());
            fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
        }
        assertThat(fastest).as("a check of the hash").isGreaterThan(Duration.ofMillis(20));
    }

    /** The cost of guessing: what a server that only compared would answer in a millisecond. */
    @Test
    default void takesTwentyMillisecondsForACheckAtLeast() {
        for (int i = 0; i < 4; i++) {
            Instant begun = Instant.now();
            assertThatThrownBy(() -> bind(PERSON, "wrong")).isInstanceOf(LDAPException.class);
            assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(20));
        }
    }

    default void set(String password) throws LDAPException {
        try (LDAPConnection backbone = backbone()) {
            backbone.modify(PERSON, new Modification(ModificationType.REPLACE, "userPassword", password));
        }
    }

    default void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> bind(PERSON, "wrong")).isInstanceOf(LDAPException.class);
        }
    }

    static Entry person(String number, Role role) {
        return new Entry("uid=" + number + ",ou=people,dc=city,dc=example", new Attribute("objectClass", "inetOrgPerson", "antinStaff"), new Attribute("uid", number),
            new Attribute("cn", "Tô Mới"), new Attribute("sn", "Tô"), new Attribute("mail", number + "@city.example"), new Attribute("antinUnit", "so-noi-vu"),
            new Attribute("antinRole", role.word()), new Attribute("antinStatus", "active"));
    }
}
