package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.remote.RemoteCertificateAuthority;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, killed by SIGKILL under load, again and again. */
class KilledCertificateAuthorityTest {

    private static final int KILLS = 3;
    private static final Pattern DONE = Pattern.compile("\"act\":\"certificate.issue\",\"outcome\":\"(begun|done)\".*\"x-serial\":\"([0-9a-f]+)\"");

    @TempDir
    private Path home;
    private final Deque<Process> started = new ArrayDeque<>();
    private int port;
    private String database = "";

    @AfterEach
    void stop() throws Exception {
        for (Process ca : started) {
            ca.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesNoCertificateThatTheLedgerDoesNotKnow() throws Exception {
        prepare();
        Map<String, BigInteger> answered = new ConcurrentHashMap<>();
        Map<String, CertificateRequest> asked = new ConcurrentHashMap<>();
        Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
        for (int kill = 0; kill < KILLS; kill++) {
            startCa();
            loadUntilKilled(asked, answered, revoked, kill);
        }
        startCa();
        try (RemoteCertificateAuthority remote = remote()) {
            Set<BigInteger> known = statuses(remote, false);
            assertThat(answered).as("it was killed at work").hasSizeGreaterThan(20);
            assertThat(known).containsAll(answered.values());
            assertThat(statuses(remote, true)).containsAll(revoked);
            // what was asked for and not answered is met now, once, and what was answered stays the same
            for (Map.Entry<String, CertificateRequest> request : asked.entrySet()) {
                BigInteger serial = remote.issue(request.getValue()).certificate().getSerialNumber();
                assertThat(serial).isEqualTo(answered.getOrDefault(request.getKey(), serial));
            }
        }
        // the key signs only between begun and done, so each such serial has a certificate, or an intent that was closed
        assertThat(ledger("select serial from certificate")).containsAll(audited("done"));
        assertThat(ledger("select serial from intent")).containsAll(audited("begun"));
        assertThat(ledger("select serial from intent where not abandoned and serial not in (select serial from certificate)")).isEmpty();
        assertThat(ledger("select min(serial) from intent where not abandoned group by request_id having count(*) > 1")).isEmpty();
    }

    private void loadUntilKilled(Map<String, CertificateRequest> asked, Map<String, BigInteger> answered, Set<BigInteger> revoked, int round) throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
        try (RemoteCertificateAuthority remote = remote(); ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> {
                    while (!killed.get()) {
                        try {
                            KeyPair key = TestRequests.ec("secp256r1");
                            CertificateRequest request = TestRequests.seal(TestRequests.newId(), key);
                            asked.put(request.id(), request);
                            BigInteger serial = remote.issue(request).certificate().getSerialNumber();
                            answered.put(request.id(), serial);
                            if (serial.testBit(0) && serial.testBit(1)) {
                                remote.revoke(serial, RevocationReason.SUPERSEDED, "test");
                                revoked.add(serial);
                            }
                        } catch (Problem e) {
                            if (e.kind() != Problem.Kind.PEER_UNAVAILABLE) {
                                surprises.add(e);
                            }
                        } catch (Exception e) {
                            surprises.add(e);
                        }
                    }
                });
            }
            int before = answered.size();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > before + 10);
            Thread.sleep(37L * round);
            started.getLast().destroyForcibly().waitFor();
            killed.set(true);
        }
        assertThat(surprises).isEmpty();
    }

    private void prepare() throws Exception {
        TestState.prepare(home).bootstrap(Clock.systemUTC());
        database = TestPostgres.newDatabase();
        port = freePort();
        SecretFile.write(home.resolve("secrets/postgres-ca.password"), "postgres");
        Files.writeString(home.resolve("conf/ca.properties"), """
            internal-port=%d
            management-port=%d
            database.url=%s
            database.user=postgres
            time-stamp-url=http://localhost:1/tsa
            """.formatted(port, freePort(), TestPostgres.url(database)), StandardOpenOption.APPEND);
    }

    private void startCa() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m",
            "-Dantin.log=" + home.resolve("ca.log.json"), "-cp", System.getProperty("java.class.path"), CaMain.class.getName(),
            home.resolve("conf/ca.properties").toString()));
        Process ca = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve("ca.out").toFile()).start();
        started.add(ca);
        try (RemoteCertificateAuthority remote = remote()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                assertThat(ca.isAlive()).as(Files.readString(home.resolve("ca.out"))).isTrue();
                return remote.crl("issuing").length > 0;
            });
        }
    }

    private RemoteCertificateAuthority remote() {
        return new RemoteCertificateAuthority(URI.create("https://localhost:" + port), InternalIdentity.read(home.resolve("tls/internal"), "backbone"));
    }

    private static Set<BigInteger> statuses(StatusSource source, boolean revokedOnly) {
        Set<BigInteger> serials = new HashSet<>();
        for (long last = 0;;) {
            List<CertificateStatus> changes = source.changesAfter(last, 1000, Duration.ZERO);
            if (changes.isEmpty()) {
                return serials;
            }
            changes.stream().filter(change -> !revokedOnly || change.revocation().isPresent()).forEach(change -> serials.add(change.serial()));
            last = changes.getLast().change();
        }
    }

    /** The serials of the audit's lines with that outcome, the bootstrap's among them. */
    private List<String> audited(String outcome) throws IOException {
        return Files.readAllLines(home.resolve("audit/ca.log")).stream().map(DONE::matcher).filter(Matcher::find)
            .filter(line -> line.group(1).equals(outcome)).map(line -> line.group(2)).toList();
    }

    private List<String> ledger(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = TestPostgres.source(database).getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
