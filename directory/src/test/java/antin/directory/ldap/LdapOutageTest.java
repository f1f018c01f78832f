package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A directory that is away, silent or not who it should be is never mistaken for "nobody" or "wrong password". */
class LdapOutageTest {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final TestPerson PERSON = SERVER.person("duc.hoang");

    @Test
    void tellsAnOutageAndRecoversByItself() {
        try (LdapDirectory directory = connect(SERVER.settings().trustFile(), host(SERVER.ldapsPort()))) {
            assertThat(directory.authenticate(PERSON.number(), PERSON.password())).isPresent();
            SERVER.stopServer();
            try {
                assertAway(() -> directory.authenticate(PERSON.number(), PERSON.password()));
                assertAway(() -> directory.person(PERSON.number()));
                assertAway(() -> directory.resolve(PERSON.address()));
                assertAway(() -> directory.isLocalDomain("so-noi-vu.city.example"));
                assertThat(directory.isAvailable()).isFalse();
            } finally {
                SERVER.startServer();
            }
            assertThat(directory.isAvailable()).isTrue();
            assertThat(directory.authenticate(PERSON.number(), PERSON.password())).isPresent();
        }
    }

    @Test
    void asksTheNextServerWhereTheFirstIsAway() throws IOException {
        int nobodyListens;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyListens = socket.getLocalPort();
        }
        try (LdapDirectory directory = connect(SERVER.settings().trustFile(), host(nobodyListens), host(SERVER.ldapsPort()))) {
            assertThat(directory.authenticate(PERSON.number(), PERSON.password())).isPresent();
        }
    }

    @Test
    @Timeout(30)
    void givesUpOnAServerThatNeverSpeaks() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
             LdapDirectory directory = connect(SERVER.settings().trustFile(), host(silent.getLocalPort()))) {
            assertAway(() -> directory.person(PERSON.number()));
            assertThat(directory.isAvailable()).isFalse();
        }
    }

    @Test
    void trustsNoServerOfAnotherAuthority() {
        try (LdapDirectory directory = connect(SERVER.internalFolder().resolve("ca.pem"), host(SERVER.ldapsPort()))) {
            assertAway(() -> directory.person(PERSON.number()));
        }
    }

    /** The certificate is for localhost and 127.0.0.1: the same server under another address is refused. */
    @Test
    void trustsNoCertificateForAnotherHost() throws IOException {
        try (Forwarder same = new Forwarder("127.0.0.1", SERVER.ldapsPort());
             Forwarder other = new Forwarder("127.0.0.2", SERVER.ldapsPort());
             LdapDirectory right = connect(SERVER.settings().trustFile(), new LdapSettings.Host("127.0.0.1", same.port()));
             LdapDirectory wrong = connect(SERVER.settings().trustFile(), new LdapSettings.Host("127.0.0.2", other.port()))) {
            assertThat(right.person(PERSON.number())).isPresent();
            assertAway(() -> wrong.person(PERSON.number()));
        }
    }

    @Test
    void callsItAnOutageWhereTheProcessItselfIsRefused() throws IOException {
        try (LdapDirectory directory = LdapDirectory.connect(SERVER.settings(),
            SERVER.issue("stranger", "CN=stranger,OU=services,DC=city,DC=example", "antin:stranger"))) {
            assertAway(() -> directory.authenticate(PERSON.number(), PERSON.password()));
        }
    }

    private static LdapDirectory connect(Path trust, LdapSettings.Host... hosts) {
        return LdapDirectory.connect(new LdapSettings(List.of(hosts), TestDirectory.BASE, trust, TestDirectory.MAIL_DOMAIN), SERVER.mailServer());
    }

    private static LdapSettings.Host host(int port) {
        return new LdapSettings.Host("127.0.0.1", port);
    }

    private static void assertAway(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
    }
}
