package antin.directory.opendj;

import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real OpenDJ with the sample city, on free ports, with throw-away CAs: set up by {@link DirectorySetup} as an installation's.
 * {@link #start()} takes some seconds; {@link #shared()} gives one for all tests of a JVM, which must leave it as they found it.
 * {@link #stopServer()} and {@link #startServer()} play an outage.
 */
public final class TestDirectory implements AutoCloseable {

    /** A sample person with the directory password. */
    public record TestPerson(String address, String name, String unit, String role, String password, String number) {
    }

    public static final String BASE = "dc=city,dc=example";
    public static final String MAIL_DOMAIN = "city.example";
    /** Binds by {@link #managerPassword()} over LDAPS and may do everything: for tests that change people. */
    public static final String MANAGER = "cn=Directory Manager";
    private static final int TRIES = 3;
    private static @Nullable TestDirectory shared;
    private static @Nullable TestDirectory untouched;

    private final Map<String, String> changed = new ConcurrentHashMap<>();
    private final Path state;
    private final int ldapPort = freePort();
    private final int ldapsPort = freePort();
    private final int adminPort = freePort();
    private final TestAuthority internal;
    private final TestAuthority listeners;
    private final boolean sample;
    private @Nullable Process server;

    private TestDirectory(Path state, TestAuthority internal, TestAuthority listeners, boolean sample) {
        this.state = state;
        this.internal = internal;
        this.listeners = listeners;
        this.sample = sample;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A new one with nothing but the sample city; the caller closes it. All that one JVM starts know the same authorities and people. */
    public static synchronized TestDirectory start() {
        return started(() -> {
            TestDirectory first = untouched;
            if (first == null) { // set up anew, and kept as it is before its first start
                first = bare();
                first.setUp();
                untouched = first;
            }
            TestDirectory directory = new TestDirectory(Files.createTempDirectory("antin-directory-"), first.internal, first.listeners, true);
            FolderCopy.make(first.state, directory.state);
            return directory;
        });
    }

    /** Another one that knows the same authorities and holds nobody, as a second server is set up; the caller closes it. */
    public static TestDirectory startBeside(TestDirectory first) {
        return started(() -> {
            TestDirectory directory = new TestDirectory(Files.createTempDirectory("antin-directory-"), first.internal, first.listeners, false);
            directory.makeSecrets();
            return directory;
        });
    }

    /** One of the ports, which were free when they were chosen, may have been taken since: then others are. */
    private static TestDirectory started(Callable<TestDirectory> made) {
        for (int tries = 1; true; tries++) {
            try {
                TestDirectory directory = made.call();
                try {
                    directory.setUp(); // with its own ports
                    directory.withClassData();
                    directory.startServer();
                    return directory;
                } catch (Exception e) {
                    directory.close();
                    throw e;
                }
            } catch (Exception e) {
                e.printStackTrace();
                if (tries == TRIES) {
                    throw new IllegalStateException("OpenDJ does not start", e);
                }
            }
        }
    }

    /** Its certificates and secrets alone: no instance yet. */
    static TestDirectory bare() throws IOException, GeneralSecurityException {
        TestDirectory directory = new TestDirectory(Files.createTempDirectory("antin-directory-"), new TestAuthority("CN=Test Internal CA"), new TestAuthority("CN=Test Root CA"), true);
        directory.makeSecrets();
        return directory;
    }

    /** The one that this JVM's tests share; it ends with the JVM. */
    public static synchronized TestDirectory shared() {
        TestDirectory running = shared;
        if (running == null) {
            running = start();
            shared = running;
        }
        return running;
    }

    public LdapSettings settings() {
        return new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", ldapsPort)), BASE, rootFile(), MAIL_DOMAIN);
    }

    public InternalIdentity backbone() {
        return identity("backbone");
    }

    public InternalIdentity mailServer() {
        return identity("mail-server");
    }

    /** An identity under the internal CA: {@code backbone}, {@code mail-server} or one made by {@link #issue}. */
    public InternalIdentity identity(String name) {
        return InternalIdentity.read(internalFolder(), name);
    }

    /** A further identity of the internal CA. */
    public InternalIdentity issue(String name, String subject, String uri) throws IOException {
        internal.issue(internalFolder(), name, subject, uri);
        return identity(name);
    }

    /** Holds {@code ca.pem}, and key and certificate of {@code backbone} and {@code mail-server}. */
    public Path internalFolder() {
        return state.resolve("tls/internal");
    }

    /** The CA of the directory's own certificate. */
    public Path rootFile() {
        return state.resolve("tls/root.pem");
    }

    public Path state() {
        return state;
    }

    public int ldapPort() {
        return ldapPort;
    }

    public int ldapsPort() {
        return ldapsPort;
    }

    public int adminPort() {
        return adminPort;
    }

    /** The server's own process; none while it is stopped. */
    public synchronized Optional<ProcessHandle> process() {
        return Optional.ofNullable(server).map(Process::toHandle);
    }

    public String managerPassword() {
        return SecretFile.text(state.resolve("secrets/manager.password"));
    }

    public List<TestPerson> people() {
        return SecretFile.text(state.resolve("sample/people.tsv")).lines().map(line -> line.split("\t", -1))
            .map(column -> new TestPerson(column[0], column[1], column[2], column[3], changed.getOrDefault(column[5], column[4]), column[5])).toList();
    }

    /** A test gave the person another password, which those after it need. */
    public void changed(String number, String password) {
        changed.put(number, password);
    }

    /** The person whose address starts so, such as {@code an.nguyen}. */
    public TestPerson person(String local) {
        return people().stream().filter(person -> person.address().startsWith(local + '@')).findFirst().orElseThrow();
    }

    SetupArguments arguments(int ldapsPort) throws URISyntaxException {
        Path classes = Path.of(TestDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return new SetupArguments(state, classes.resolveSibling("opendj.zip"), ldapPort, ldapsPort, adminPort, BASE, MAIL_DOMAIN,
            state.resolve("secrets/manager.password"), state.resolve("tls/directory.p12"), state.resolve("secrets/directory-keystore.password"),
            internalFolder().resolve("ca.pem"), List.of("127.0.0.1"), sample ? Optional.of(state.resolve("sample")) : Optional.empty());
    }

    /** Returns when the directory answers. */
    public synchronized void startServer() {
        try {
            Path directory = state.resolve("directory");
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + directory.resolve("start.args")).directory(directory.resolve("opendj").toFile()).redirectErrorStream(true)
                .redirectOutput(state.resolve("log/directory.out").toFile()).redirectInput(Path.of("/dev/null").toFile());
            for (String line : Files.readAllLines(directory.resolve("environment"))) {
                builder.environment().put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
            Process started = builder.start();
            server = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server at once, as a crash would. */
    public synchronized void stopServer() {
        Process running = server;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
        server = null;
    }

    @Override
    public void close() {
        stopServer();
        if (Files.exists(state)) {
            try (Stream<Path> paths = Files.walk(state)) {
                paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes the instance or brings it up to date, which takes some seconds. */
    void setUp() throws IOException, URISyntaxException {
        new DirectorySetup(arguments(ldapsPort), new SecureRandom(), new PrintStream(OutputStream.nullOutputStream())).run();
    }

    /**
     * Gives it the class-data archive that the first server of a build leaves at its end, as each installation has one from its second start on: tests
     * kill their servers, so that none of their own would ever come about. The JVM passes over one that does not fit.
     */
    private void withClassData() throws IOException, URISyntaxException {
        Path kept = arguments(ldapsPort).opendj().resolveSibling("opendj.jsa");
        Path own = state.resolve("directory/classes.jsa");
        if (!Files.exists(kept)) {
            startServer();
            ProcessHandle running = process().orElseThrow();
            running.destroy();
            running.onExit().completeOnTimeout(running, 60, TimeUnit.SECONDS).join();
            if (!running.isAlive() && Files.exists(own)) {
                Path half = Files.createTempFile(kept.getParent(), "opendj", ".half");
                Files.copy(own, half, StandardCopyOption.REPLACE_EXISTING);
                Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
            }
            stopServer();
        } else {
            Files.copy(kept, own);
        }
    }

    private void makeSecrets() throws IOException, GeneralSecurityException {
        internal.write(internalFolder().resolve("ca.pem"));
        internal.issue(internalFolder(), "backbone", "CN=backbone,OU=services,DC=city,DC=example", "antin:backbone");
        internal.issue(internalFolder(), "mail-server", "CN=mail-server,OU=services,DC=city,DC=example", "antin:mail-server");
        listeners.write(rootFile());
        SecureRandom random = new SecureRandom();
        SecretFile.createRandom(state.resolve("secrets/manager.password"), 32, random);
        SecretFile.createRandom(state.resolve("secrets/directory-keystore.password"), 32, random);
        renewCertificate();
    }

    /** A new key and certificate in the place of those that are there. */
    public X509Certificate renewCertificate() throws IOException, GeneralSecurityException {
        X509Certificate leaf = listeners.issue(state.resolve("tls"), "directory", "CN=directory", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = SecretFile.text(state.resolve("secrets/directory-keystore.password")).toCharArray();
        store.setKeyEntry("server-cert", PemFile.privateKey(state.resolve("tls/directory.key"), "EC"), password,
            new Certificate[] {leaf, listeners.certificate()});
        Path half = state.resolve("tls/directory.half");
        try (OutputStream out = Files.newOutputStream(half)) {
            store.store(out, password);
        }
        Files.move(half, state.resolve("tls/directory.p12"), StandardCopyOption.ATOMIC_MOVE);
        return leaf;
    }

    private void awaitReady(Process started) throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        try (Directory probe = LdapDirectory.connect(settings(), backbone())) {
            while (!probe.isAvailable()) {
                if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("OpenDJ does not start: " + Files.readString(state.resolve("log/directory.out")));
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        return FreePort.next();
    }
}
