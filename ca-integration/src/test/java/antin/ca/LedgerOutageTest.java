package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database breaks every connection while certificates are issued and taken back. */
class LedgerOutageTest {

    @TempDir
    private Path home;

    @Test
    void losesAndSkipsNothingWhenConnectionsBreak() throws Exception {
        String database = TestPostgres.newDatabase();
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            Map<BigInteger, CertificateRequest> issued = new ConcurrentHashMap<>();
            Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
            Set<BigInteger> read = ConcurrentHashMap.newKeySet();
            Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
            AtomicBoolean stop = new AtomicBoolean();
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                for (int i = 0; i < 6; i++) {
                    threads.execute(() -> work(test, issued, revoked, surprises, stop));
                }
                threads.execute(() -> read(test, read, surprises, stop));
                for (int i = 0; i < 5; i++) {
                    Thread.sleep(400);
                    breakConnections(database);
                }
                Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> test.authority().issue(TestRequests.any()) != null);
                stop.set(true);
            }
            assertThat(surprises).isEmpty();
            assertThat(issued).isNotEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(known(test)).containsAll(issued.keySet());
                assertThat(test.authority().issue(issued.values().iterator().next())).isNotNull();
            });
            assertThat(known(test)).as("a reader that goes on from the last number saw each").containsAll(read);
            assertThat(read).containsAll(issued.keySet());
            for (BigInteger serial : revoked) {
                assertThat(test.authority().revoke(serial, RevocationReason.UNSPECIFIED, "admin").revocation().orElseThrow().reason())
                    .isEqualTo(RevocationReason.SUPERSEDED);
            }
        }
    }

    private static void work(TestAuthority test, Map<BigInteger, CertificateRequest> issued, Set<BigInteger> revoked, Queue<Throwable> surprises, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                CertificateRequest request = TestRequests.any();
                BigInteger serial = untilAnswered(() -> test.authority().issue(request).certificate().getSerialNumber());
                issued.put(serial, request);
                if (serial.testBit(0)) {
                    untilAnswered(() -> test.authority().revoke(serial, RevocationReason.SUPERSEDED, "admin"));
                    revoked.add(serial);
                }
            } catch (Exception e) {
                surprises.add(e);
            }
        }
    }

    private interface Asked<T> {
        T ask() throws Exception;
    }

    /** As a good caller does: the same question again after PEER_UNAVAILABLE. */
    private static <T> T untilAnswered(Asked<T> asked) throws Exception {
        while (true) {
            try {
                return asked.ask();
            } catch (Problem e) {
                if (e.kind() != Kind.PEER_UNAVAILABLE) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static void read(TestAuthority test, Set<BigInteger> read, Queue<Throwable> surprises, AtomicBoolean stop) {
        long last = 0;
        boolean idle = false;
        while (!stop.get() || !idle) {
            try {
                List<CertificateStatus> changes = test.authority().changesAfter(last, 50, Duration.ofMillis(1500));
                changes.forEach(change -> read.add(change.serial()));
                last = changes.isEmpty() ? last : changes.getLast().change();
                idle = changes.isEmpty();
            } catch (Problem e) {
                if (e.kind() != Kind.PEER_UNAVAILABLE) {
                    surprises.add(e);
                }
            }
        }
    }

    private static Set<BigInteger> known(TestAuthority test) {
        Set<BigInteger> known = new HashSet<>();
        test.authority().changesAfter(0, 100_000, Duration.ZERO).forEach(change -> known.add(change.serial()));
        return known;
    }

    private static void breakConnections(String database) throws Exception {
        try (Connection connection = TestPostgres.source(database).getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "' and pid <> pg_backend_pid()");
        }
    }
}
