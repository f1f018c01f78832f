package antin.backbone.load;

import antin.backbone.status.RecentRequests;
import antin.backbone.status.StatusListener;
import antin.backbone.status.StatusListener.Limits;
import antin.backbone.status.StatusRequests;
import antin.ca.CertificateStatus;
import antin.ca.authority.AuthorityFiles;
import antin.ca.load.Rounds;
import antin.ca.load.Rounds.Task;
import antin.ca.status.CertificateStatuses;
import antin.ca.status.DelegatedKey;
import antin.ca.status.OcspResponder;
import antin.ca.status.SignedAhead;
import antin.ca.status.TimeStampingAuthority;
import antin.kernel.audit.AuditLog;
import antin.kernel.internal.HttpServerLimits;
import antin.server.Meters;
import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * Behind {@code benchmarks/ca}: OCSP from the listener of backbone beside a fixed answer of the same octets from the same kind of server, and beside {@code openssl ocsp}. Arguments: state
 * folder, after the bootstrap; seconds for each measurement of issuing, two thirds of it for these; rounds.
 */
final class StatusBenchmark {

    /** A key of {@link CertificateStatuses} as backbone keeps them. */
    private record Name(String issuer, BigInteger serial) {
    }

    private static final int CERTIFICATES = 1_000;
    private static final int AT_ONCE = 8;
    private static final String TYPE = "application/ocsp-request";
    private static final Clock CLOCK = Clock.systemUTC();

    private final Path home;
    private final Duration time;
    private final int rounds;
    private final DelegatedKey key;
    private final DelegatedKey tsaKey;
    private final List<BigInteger> serials = new ArrayList<>();
    private final List<byte[]> questions = new ArrayList<>();

    private StatusBenchmark(Path home, int seconds, int rounds) throws Exception {
        this.home = home;
        this.time = Duration.ofMillis(seconds * 667L);
        this.rounds = rounds;
        Path password = home.resolve("secrets/status-keys.password");
        this.key = DelegatedKey.read(home.resolve("status"), "ocsp-agencies", password, DelegatedKey.OCSP_SIGNING);
        this.tsaKey = DelegatedKey.read(home.resolve("status"), "tsa", password, DelegatedKey.TIME_STAMPING);
        SecureRandom random = new SecureRandom();
        DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
        X509CertificateHolder issuer = new X509CertificateHolder(key.issuer().getEncoded());
        for (int i = 0; i < CERTIFICATES; i++) {
            BigInteger serial = new BigInteger(158, random).setBit(158);
            serials.add(serial);
            questions.add(new OCSPReqBuilder().addRequest(new CertificateID(digests.get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)), issuer, serial)).build().getEncoded());
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            new StatusBenchmark(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])).run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // the servers' threads would go on
        }
    }

    private void run() throws Exception {
        Path folder = Files.createDirectories(home.resolve("openssl"));
        try (AuditLog audit = AuditLog.open(home.resolve("audit-status"), "backbone", CLOCK);
             StatusListener ours = StatusListener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), requests(audit), new Limits(200, 50), new RecentRequests(CLOCK),
                 Meters.registry(), CLOCK);
             OpensslResponder openssl = OpensslResponder.start(folder, key, serials)) {
            HttpLoad kept = new HttpLoad(ours.port(), gets("/ocsp/", true), true);
            HttpServer plain = plain(kept.one());
            HttpLoad fixed = new HttpLoad(plain.getAddress().getPort(), gets("/ocsp/", true), true);
            HttpLoad gets = new HttpLoad(ours.port(), gets("/ocsp/", false), false);
            HttpLoad posts = new HttpLoad(ours.port(), posts("/ocsp"), false);
            HttpLoad opensslGets = new HttpLoad(openssl.port(), gets("/", false), false);
            HttpLoad opensslPosts = new HttpLoad(openssl.port(), posts("/"), false);
            Rounds rounds = Rounds.measure(List.of(
                new Task("plain", AT_ONCE, fixed::ask), new Task("kept", AT_ONCE, kept::ask),
                new Task("get", AT_ONCE, gets::ask), new Task("openssl-get", AT_ONCE, opensslGets::ask),
                new Task("post", AT_ONCE, posts::ask), new Task("openssl-post", AT_ONCE, opensslPosts::ask)), this.rounds, time.multipliedBy(4), time);
            Rounds.say("answers a second on kept connections: %.0f of OCSP by GET, %.0f of a fixed answer of %d octets, head included", rounds.median("kept"), rounds.median("plain"),
                kept.one().length);
            Rounds.say("each on a connection of its own: GET %.0f, by openssl ocsp %.0f; POST %.0f, by openssl ocsp %.0f", rounds.median("get"), rounds.median("openssl-get"),
                rounds.median("post"), rounds.median("openssl-post"));
            Rounds.figure("ocsp-vs-plain-http", rounds.ratio("kept", "plain"), ">=", 0.8);
            double get = rounds.ratio("get", "openssl-get");
            double post = rounds.ratio("post", "openssl-post");
            Rounds.figure("ocsp-vs-openssl", Math.min(get, post), ">=", 1);
            Rounds.figure("ocsp-get-vs-openssl", get, ">=", 1);
            Rounds.figure("ocsp-post-vs-openssl", post, ">=", 1);
            plain.stop(0);
        }
    }

    /** As backbone assembles them. */
    private StatusRequests requests(AuditLog audit) {
        Map<Name, CertificateStatus> known = new ConcurrentHashMap<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            known.put(new Name(AuthorityFiles.AGENCIES, serials.get(i)), new CertificateStatus(i + 1, AuthorityFiles.AGENCIES, serials.get(i), CLOCK.instant().plus(Duration.ofDays(397)), Optional.empty()));
        }
        CertificateStatuses statuses = new CertificateStatuses() {
            @Override
            public Optional<CertificateStatus> find(String issuer, BigInteger serial) {
                return Optional.ofNullable(known.get(new Name(issuer, serial)));
            }

            @Override
            public Instant knownAt() {
                return CLOCK.instant();
            }
        };
        OcspResponder responder = new OcspResponder(Map.of(AuthorityFiles.AGENCIES, () -> key), statuses, CLOCK);
        return new StatusRequests(new SignedAhead(responder, statuses, CLOCK), new TimeStampingAuthority(() -> tsaKey, audit, CLOCK, new SecureRandom()), Map.of(),
            name -> Optional.empty(), answer -> { }, CLOCK);
    }

    /** The same server, which gives the same head and body to everybody and does nothing else. */
    private static HttpServer plain(byte[] answer) throws Exception {
        HttpServerLimits.set();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        List<String[]> fields = Arrays.stream(text.substring(0, head).split("\r\n")).skip(1).map(line -> line.split(": ", 2))
            .filter(field -> !field[0].equalsIgnoreCase("Date") && !field[0].equalsIgnoreCase("Content-length")).toList();
        byte[] body = Arrays.copyOfRange(answer, head + 4, answer.length);
        server.createContext("/", exchange -> {
            try (exchange) {
                for (String[] field : fields) {
                    exchange.getResponseHeaders().set(field[0], field[1]);
                }
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private List<byte[]> gets(String prefix, boolean kept) {
        return questions.stream().map(question -> HttpLoad.get(prefix + URLEncoder.encode(Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII), kept)).toList();
    }

    private List<byte[]> posts(String path) {
        return questions.stream().map(question -> HttpLoad.post(path, TYPE, question, false)).toList();
    }
}
