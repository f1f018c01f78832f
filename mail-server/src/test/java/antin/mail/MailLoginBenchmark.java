package antin.mail;

import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.audit.AuditLog;
import antin.kernel.config.Settings;
import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import antin.mail.login.BackboneLogins;
import antin.mail.login.Credentials;
import antin.mail.login.Credentials.AppPassword;
import antin.mail.login.MailLogins;
import antin.mail.login.Protocol;
import antin.mail.login.RememberedLogins;
import antin.mail.session.Access;
import antin.mail.session.EndedLogins;
import antin.mail.session.EndedRecently;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Behind {@code benchmarks/login}: IMAPS logins a second with app passwords that the running installation's backbone checks, to those of the same mail server in the same
 * run that takes everybody. The server is assembled in this JVM with the installation's settings, directory and store; each login is a new connection with a whole TLS
 * handshake, as of a program that was just started. Arguments: state folder, file of app passwords (address, perhaps scopes, password; such as
 * {@code sample/app-passwords.tsv} there; each a mail program), seconds for each measurement.
 */
final class MailLoginBenchmark {

    private static final int ROUNDS = 5;
    /** Enough that the processors are what is short, and not the disk's time for a line of the audit log. */
    private static final int AT_ONCE = 96;
    private static final double LEAST = 0.9;
    /** What a mail program opens when it starts (Thunderbird: up to five). With enough programs none comes back while it is remembered. */
    private static final int CONNECTIONS = 5;

    private record Person(String address, String password) {
    }

    /** Backbone's word, or everybody's own: then who somebody is was asked once, so that the sessions are those of people, which the server looks after. */
    private static final class Switch implements MailLogins {

        private final MailLogins backbone;
        private final Map<String, Access> taken = new ConcurrentHashMap<>();
        private volatile boolean acceptsAll;

        Switch(MailLogins backbone) {
            this.backbone = backbone;
        }

        @Override
        public Access open(Protocol protocol, Credentials credentials, String from) {
            return acceptsAll && credentials instanceof AppPassword password ? taken.computeIfAbsent(password.login(), unused -> backbone.open(protocol, credentials, from))
                : backbone.open(protocol, credentials, from);
        }

        @Override
        public boolean isAvailable() {
            return backbone.isAvailable();
        }
    }

    private final int port;
    private final Switch logins;
    private final SSLContext tls;
    private final List<Person> people;
    private final AtomicInteger next = new AtomicInteger();

    private MailLoginBenchmark(int port, Switch logins, SSLContext tls, List<Person> people) {
        this.port = port;
        this.logins = logins;
        this.tls = tls;
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        Settings configuration = Settings.read(state.resolve("conf/mail-server.properties"));
        Path work = Files.createTempDirectory("mail-login-benchmark");
        int port = freePort();
        MailSettings settings = settings(MailSettings.read(configuration), port, work);
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), "mail-server");
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(state.resolve("tls/root.pem")))}, null);
        try (AuditLog audit = AuditLog.open(work, "mail-server", Clock.systemUTC()); Directory directory = LdapDirectory.connect(LdapSettings.read(configuration), identity);
            BackboneLogins backbone = new BackboneLogins(settings.loginUrl(), identity)) {
            EndedRecently ended = new EndedRecently();
            Switch logins = new Switch(new RememberedLogins(backbone, ended, audit, Clock.systemUTC()));
            try (MailServer server = MailServer.start(settings, directory, logins, ended, audit, new SimpleMeterRegistry());
                EndedLogins told = new EndedLogins(new PeerClient(settings.loginUrl(), identity, new PeerName("antin:backbone")), server.sessions(), ended).start()) {
                new MailLoginBenchmark(port, logins, tls, people(Path.of(arguments[1]))).run(Duration.ofSeconds(Integer.parseInt(arguments[2])));
            }
        }
        System.exit(0);
    }

    private void run(Duration time) throws Exception {
        rate(1, false, time); // a server that was just started, and its peers
        rate(AT_ONCE, false, time.multipliedBy(3)); // until the JVMs are warm
        rate(AT_ONCE, true, time.multipliedBy(2));
        double all = 0;
        double checked = 0;
        for (int round = 0; round < ROUNDS; round++) { // in turns, so that what else the machine does meets both
            checked += rate(AT_ONCE, false, time) / ROUNDS;
            all += rate(AT_ONCE, true, time) / ROUNDS;
        }
        double ratio = checked / all;
        System.out.printf(Locale.ROOT, "IMAPS logins: %.0f a second by backbone's word, %.0f by a server that takes everybody (%d at once, %d programs that open " + CONNECTIONS + " connections each, in the same JVM)%n",
            checked, all, AT_ONCE, people.size());
        System.out.printf(Locale.ROOT, "figure imaps-login-vs-accept-all %.2f ratio target >= %s %s%n", ratio, LEAST, ratio >= LEAST ? "ok" : "short");
    }

    private double rate(int atOnce, boolean acceptsAll, Duration time) throws Exception {
        logins.acceptsAll = acceptsAll;
        LongAdder done = new LongAdder();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() - begun < time.toNanos()) {
                        logIn(next.getAndIncrement());
                        done.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return done.sum() / ((System.nanoTime() - begun) / 1e9);
    }

    private void logIn(int number) throws IOException {
        Person person = people.get(number / CONNECTIONS % people.size());
        // The JDK keeps TLS sessions by the server's name: one that nobody had before makes a whole handshake.
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, addressOf(number / CONNECTIONS % people.size()), 0); Socket socket = tls.getSocketFactory().createSocket(plain, "c" + number + ".localhost", port, true)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            line(in);
            socket.getOutputStream().write(("a LOGIN " + person.address() + ' ' + person.password() + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = line(in);
            if (!answer.startsWith("a OK")) {
                throw new IllegalStateException("A right app password was refused: " + answer);
            }
        }
    }

    /** Each program's own: the server takes so many connections of an address, not more. */
    private static InetAddress addressOf(int program) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 1, (byte) (program >> 8), (byte) program});
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    private static List<Person> people(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> line.split("\t")).filter(column -> column.length < 3 || column[1].contains("imap"))
            .map(column -> new Person(column[0], column[column.length - 1])).toList();
    }

    /** As they are, but for IMAPS alone, elsewhere. */
    private static MailSettings settings(MailSettings of, int port, Path work) {
        return new MailSettings(InetAddress.getLoopbackAddress(), of.hostname(), of.mailDomain(), new MailSettings.Ports(0, 0, 0, 0, 0, port, 0, 0, 0), 0, of.tlsKeyFile(),
            of.tlsChainFile(), of.internalFolder(), of.loginUrl(), of.tokens(), of.database(), work, work, of.maxLetterBytes(), of.connections(), of.proxies());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
