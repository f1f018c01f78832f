package antin.directory.slapd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.directory.ldap.LdapSettings;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestAuthority;
import antin.directory.password.PasswordPolicy;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's slapd in a folder and on ports of its own, set up by {@link SlapdFiles} as an operator's; holds the base tree and nobody. */
public final class TestSlapd implements AutoCloseable {

    public static final String BASE = "dc=city,dc=example";
    private static final Path SLAPD = Path.of("/usr/sbin/slapd");

    private final Path folder = Files.createTempDirectory("antin-slapd-");
    private final TestAuthority internal = new TestAuthority("CN=Test Internal CA");
    private final TestAuthority listeners = new TestAuthority("CN=Test Root CA");
    private final int ldapPort = freePort();
    private final int ldapsPort = freePort();
    private @Nullable Process server;

    private final PasswordPolicy passwords;

    private TestSlapd(PasswordPolicy passwords) throws IOException {
        this.passwords = passwords;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A new one; the caller closes it. Where slapd is absent the tests are skipped and say so. */
    public static TestSlapd start() {
        return start(PasswordPolicy.LEVEL_3);
    }

    public static TestSlapd start(PasswordPolicy passwords) {
        boolean there = Files.isExecutable(SLAPD) && Files.isDirectory(SlapdFiles.DEBIAN_MODULES);
        if (!there) {
            System.err.println("SKIPPED: slapd is not installed (apt install slapd): the contract was not run against it");
        }
        assumeTrue(there, "slapd is not installed");
        try {
            TestSlapd slapd = new TestSlapd(passwords);
            slapd.setUp();
            slapd.startServer();
            return slapd;
        } catch (IOException e) {
            throw new IllegalStateException("slapd does not start", e);
        }
    }

    public LdapSettings settings() {
        return new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", ldapsPort)), BASE, folder.resolve("root.pem"), "city.example");
    }

    public RawLdap raw() {
        return new RawLdap(ldapsPort, folder.resolve("root.pem"), () -> {
            throw new IllegalStateException("slapd's manager comes over the socket and has no password");
        });
    }

    public int ldapPort() {
        return ldapPort;
    }

    /** Holds key and certificate of {@code backbone}, {@code mail-server} and what {@link #issue} made. */
    public Path internalFolder() {
        return folder.resolve("internal");
    }

    /** Holds key and certificate of slapd itself, by an authority that vouches for no client. */
    public Path tlsFolder() {
        return folder.resolve("tls");
    }

    public InternalIdentity identity(String name) {
        return InternalIdentity.read(internalFolder(), name);
    }

    public void issue(String name, String subject) throws IOException {
        internal.issue(internalFolder(), name, subject, "antin:" + name);
    }

    @Override
    public synchronized void close() {
        Process running = server;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
        server = null;
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void setUp() throws IOException {
        internal.write(internalFolder().resolve("ca.pem"));
        for (String service : List.of("backbone", "mail-server")) {
            issue(service, "CN=" + service + ",OU=services,DC=city,DC=example");
        }
        listeners.write(folder.resolve("root.pem"));
        listeners.issue(tlsFolder(), "slapd", "CN=directory", "");
        // Debian's slapd reads keys by GnuTLS, which wants the public half that the JDK leaves out of an EC key (RFC 5915, 3: optional).
        run("openssl", "ec", "-in", tlsFolder().resolve("slapd.key").toString(), "-out", tlsFolder().resolve("slapd-whole.key").toString());
        Path data = Files.createDirectory(folder.resolve("data"));
        Path config = Files.createDirectory(folder.resolve("slapd.d"));
        new SlapdFiles(BASE, data, tlsFolder().resolve("slapd.pem"), tlsFolder().resolve("slapd-whole.key"), internalFolder().resolve("ca.pem"),
            SlapdFiles.DEBIAN_MODULES, SlapdFiles.DEBIAN_SCHEMA, passwords).write(folder, new SecureRandom());
        run(SLAPD.toString(), "-Ta", "-n", "0", "-F", config.toString(), "-l", folder.resolve("config.ldif").toString());
        run(SLAPD.toString(), "-Ta", "-b", BASE, "-F", config.toString(), "-l", folder.resolve("tree.ldif").toString());
    }

    private void run(String... command) throws IOException {
        Path output = folder.resolve("tools.out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join().isAlive() || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
        }
    }

    private void startServer() throws IOException {
        Process started = new ProcessBuilder(SLAPD.toString(), "-d", "none", "-F", folder.resolve("slapd.d").toString(),
            "-h", "ldap://127.0.0.1:" + ldapPort + " ldaps://127.0.0.1:" + ldapsPort).redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.out").toFile()).start();
        server = started;
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!listens()) {
            if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException(Files.readString(folder.resolve("slapd.out")));
            }
            started.onExit().completeOnTimeout(started, 20, TimeUnit.MILLISECONDS).join();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ldapsPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
