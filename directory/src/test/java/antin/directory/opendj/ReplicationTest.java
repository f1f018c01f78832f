package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.Problem;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two servers made a pair by the documented command; one is killed while fifty writes a second go on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicationTest {

    private static final List<TestPair> RUNNING = new ArrayList<>();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static TestPair.Said enabled = new TestPair.Said(false, "");

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeAPair() {
        RUNNING.add(new TestPair());
        enabled = pair().enable();
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(TestPair::close);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    @Order(1)
    void theSecondHoldsWhatTheFirstHeldAndBothAreInStep() {
        assertThat(enabled.inStep()).as(enabled.text()).isTrue();
        assertThat(enabled.text()).contains("both are in step").contains("encrypted").doesNotContain("NOT");
        TestPerson person = pair().first.person("huong.vu");
        try (LdapDirectory second = LdapDirectory.connect(pair().second.settings(), pair().first.backbone())) {
            assertThat(second.authenticate(person.address(), person.password())).as("passwords too").isPresent();
        }
    }

    @Test
    @Order(2)
    void whatIsWrittenToEitherIsOnBoth() throws Exception {
        TestPerson person = pair().first.person("huong.vu");
        String dn = "uid=" + person.number() + ",ou=people," + TestDirectory.BASE;
        for (TestDirectory here : List.of(pair().first, pair().second)) {
            TestDirectory there = here == pair().first ? pair().second : pair().first;
            try (LDAPConnection writer = new RawLdap(here).manager(); LDAPConnection reader = new RawLdap(there).manager()) {
                String title = "Chuyên viên " + here.adminPort();
                writer.modify(dn, new Modification(ModificationType.REPLACE, "title", title));
                assertThat(reader.getEntry(dn, "title")).extracting(entry -> entry.getAttributeValue("title")).as("answered when the other has it").isEqualTo(title);
            }
        }
    }

    /** Otherwise whoever reaches the port could write to the directory. */
    @Test
    @Order(3)
    void aStrangerIsNotHeardOnTheReplicationPort() throws IOException {
        for (int port : List.of(pair().firstReplicationPort, pair().secondReplicationPort)) {
            try (SSLSocket socket = (SSLSocket) new RawLdap(pair().first).anyServer(pair().first.internalFolder().resolve("backbone")).getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setSoTimeout(10_000);
                assertThatThrownBy(() -> {
                    socket.startHandshake();
                    if (socket.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                }).isInstanceOf(IOException.class).isNotInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    @Order(4)
    void aSecondRunChangesNothing() {
        TestPair.Said again = pair().enable();
        assertThat(again.inStep()).as(again.text()).isTrue();
        assertThat(again.text()).contains("nothing was copied");
    }

    @Test
    @Order(5)
    void losesNothingThatWasAnsweredWhenOneIsKilledUnderWrites() {
        List<String> people = pair().first.people().stream().map(TestPerson::number).limit(5).toList();
        try (LdapDirectory both = pair().both(); SteadyWrites writes = new SteadyWrites(both.register(), people)) {
            Awaitility.await().atMost(PATIENCE).until(() -> writes.answered() >= 250);
            pair().first.stopServer(); // kill -9
            int atTheKill = writes.answered();
            Awaitility.await().atMost(PATIENCE).until(() -> writes.answered() >= atTheKill + 250);
            writes.close();
            System.out.println("ReplicationTest: " + writes.answered() + " writes answered, " + writes.lost + " not; longest pause " + writes.longestPause().toMillis() + " ms");
            assertThat(writes.missing(pair().only(pair().second, open))).as("on the survivor").isEmpty();
            assertThat(pair().run("status").inStep()).as("one is dead").isFalse();
            pair().first.startServer();
            Awaitility.await().atMost(PATIENCE).until(() -> pair().run("status").inStep());
            assertThat(writes.missing(pair().only(pair().first, open))).as("on the one that came back").isEmpty();
        }
    }

    @Test
    @Order(6)
    void refusesAStateFolderWithoutADirectory() {
        assertThatThrownBy(() -> Replication.run(new String[] {"status", "--state", "/nowhere", "--first", "a:1", "--second", "b:2",
            "--administrator-password-file", "/nowhere/p", "--trust-file", "/nowhere/t"}, System.out)).isInstanceOf(Problem.class).hasMessageContaining("/nowhere");
    }

    private static TestPair pair() {
        return RUNNING.getFirst();
    }
}
