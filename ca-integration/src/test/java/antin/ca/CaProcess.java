package antin.ca;

import antin.ca.remote.RemoteCertificateAuthority;
import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The real {@code ca} in a process of its own, on a database and ports of its own. */
record CaProcess(Path home, String database, int port, int managementPort, List<Process> started) implements AutoCloseable {

    static CaProcess prepare(Path home) throws Exception {
        TestState.prepare(home).bootstrap(Clock.systemUTC());
        CaProcess ca = new CaProcess(home, TestPostgres.newDatabase(), freePort(), freePort(), new ArrayList<>());
        SecretFile.write(home.resolve("secrets/postgres-ca.password"), "postgres");
        Files.writeString(home.resolve("conf/ca.properties"), """
            internal-port=%d
            management-port=%d
            database.url=%s
            database.user=postgres
            time-stamp-url=http://localhost:1/tsa
            """.formatted(ca.port, ca.managementPort, TestPostgres.url(ca.database)), StandardOpenOption.APPEND);
        return ca;
    }

    /** Returns when it answers. */
    void start() throws IOException {
        Process ca = run();
        try (RemoteCertificateAuthority remote = remote()) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptionsMatching(e -> ca.isAlive()).until(() -> remote.crl("issuing").length > 0);
        }
    }

    /** What it prints goes to {@code ca.out}. */
    Process run(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m",
            "-Dantin.log=" + home.resolve("ca.log.json"), "-cp", System.getProperty("java.class.path"), CaMain.class.getName()));
        command.addAll(List.of(options));
        command.add(home.resolve("conf/ca.properties").toString());
        Process ca = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve("ca.out").toFile()).start();
        started.add(ca);
        return ca;
    }

    String output() throws IOException {
        return Files.readString(home.resolve("ca.out"));
    }

    RemoteCertificateAuthority remote() {
        return new RemoteCertificateAuthority(URI.create("https://localhost:" + port), InternalIdentity.read(home.resolve("tls/internal"), "backbone"));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        started.getLast().destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
