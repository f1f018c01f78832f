package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a connection when the login on it is ended elsewhere. */
class OpenSessionsTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    private final TestPerson person = INSTALLATION.directory.people().get(5);

    @ParameterizedTest
    @EnumSource(Door.class)
    void aRevokedAppPasswordEndsItsSessionsWithinSecondsAndNoOthers(Door door) throws Exception {
        String first = UUID.randomUUID().toString();
        INSTALLATION.backbone.allowPerson(first + "@city.example", "p", person.address(), person.number(), first, "imap", "pop", "smtp", "sieve");
        try (Wire revoked = door.open(INSTALLATION); Wire stays = door.open(INSTALLATION)) {
            assertThat(door.authenticate(revoked, "PLAIN", Door.plain("", first + "@city.example", "p"))).startsWith(door.accepted);
            assertThat(door.authenticate(stays, "PLAIN", Door.plain("", person.address(), TestInstallation.PASSWORD))).startsWith(door.accepted);
            await().until(() -> INSTALLATION.management("/metrics").contains("antin_mail_sessions{protocol=\"" + door.scope + "\"}"));
            Instant begun = Instant.now();

            INSTALLATION.backbone.end(person.number(), first);

            String farewell = revoked.rest();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
            if (door != Door.POP3) {
                assertThat(farewell).containsPattern("\\* BYE|421 |BYE ");
            }
            assertThat(stays.send(door == Door.IMAP ? "b NOOP\r\n" : "NOOP\r\n").line()).containsPattern("OK|250");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void allOfAPersonsLoginsEndTogetherAlsoThoseByToken(Door door) throws Exception {
        TestPerson other = INSTALLATION.directory.people().get(List.of(6, 8, 10, 11).get(door.ordinal())); // one each: a token counts from its second on
        String token = INSTALLATION.issuer.token(other.number());
        try (Wire byPassword = door.open(INSTALLATION); Wire byToken = door.open(INSTALLATION)) {
            assertThat(door.authenticate(byPassword, "PLAIN", Door.plain("", other.address(), TestInstallation.PASSWORD))).startsWith(door.accepted);
            assertThat(door.authenticate(byToken, "XOAUTH2", Door.xoauth2(other.address(), token))).startsWith(door.accepted);

            INSTALLATION.backbone.end(other.number(), null);

            byPassword.rest();
            byToken.rest();
            assertThat(door.authenticate(INSTALLATION, "XOAUTH2", Door.xoauth2(other.address(), token))).as("a token from before").startsWith(door.refused);
        }
    }

    @Test
    void connectionsThatEndedInAnyWayLeaveNothingBehind() throws Exception {
        TestPerson comes = INSTALLATION.directory.people().get(12);
        for (int batch = 0; batch < 10; batch++) {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Wire wire = Door.IMAP.open(INSTALLATION);
                wires.add(wire);
                if (i % 5 < 4) {
                    wire.send("a LOGIN " + comes.address() + ' ' + TestInstallation.PASSWORD + "\r\n");
                }
                if (i % 5 < 3) {
                    assertThat(wire.untilTag("a")).startsWith("a OK");
                }
                if (i % 5 < 2) {
                    wire.send(i % 5 == 0 ? "b IDLE\r\n" : "b LOGOUT\r\n");
                }
            }
            for (Wire wire : wires) {
                wire.close(); // some idle, some said farewell, some in the midst of their login, some strangers
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> INSTALLATION.management("/metrics").contains("antin_mail_sessions{protocol=\"imap\"} 0.0"));
    }

    @Test
    void aRevokedAuthorizationsTokenOpensNothingAnyMore() throws Exception {
        String session = UUID.randomUUID().toString();
        String token = INSTALLATION.issuer.token(person.number(), claims -> claims.claim("sid", session));
        try (Wire wire = Door.IMAP.open(INSTALLATION)) {
            assertThat(Door.IMAP.authenticate(wire, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith("a OK");
            INSTALLATION.backbone.end(person.number(), session);
            assertThat(wire.rest()).contains("* BYE");
        }
        assertThat(Door.IMAP.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith(Door.IMAP.refused);
    }

    @Test
    void aDisabledPersonsOpenSessionEndsWithinHalfAMinuteAndTheirTokenOpensNothing() throws Exception {
        TestPerson leaves = INSTALLATION.directory.people().get(7);
        String token = INSTALLATION.issuer.token(leaves.number());
        try (Wire wire = Door.IMAP.open(INSTALLATION)) {
            assertThat(Door.IMAP.authenticate(wire, "OAUTHBEARER", Door.oauthbearer(leaves.address(), token))).startsWith("a OK");
            status(leaves, "disabled");
            try {
                for (Door door : Door.values()) {
                    assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(leaves.address(), token))).startsWith(door.refused);
                }
                Instant begun = Instant.now();
                wire.patience(Duration.ofSeconds(40));
                assertThat(wire.rest()).contains("* BYE");
                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(30));
            } finally {
                status(leaves, "active");
            }
        }
    }

    private static void status(TestPerson person, String status) throws Exception {
        TestDirectory directory = INSTALLATION.directory;
        try (LDAPConnection manager = new LDAPConnection(new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory(), "localhost", directory.ldapsPort(),
            TestDirectory.MANAGER, directory.managerPassword())) {
            manager.modify("uid=" + person.number() + ",ou=people," + TestDirectory.BASE, new Modification(ModificationType.REPLACE, "antinStatus", status));
        }
    }
}
