package antin.signing;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import antin.keys.pkcs12.Pkcs12KeyRing;
import antin.signing.dss.DssTimeStamps;
import antin.signing.dss.DssValidation;
import antin.signing.dss.PadesFormat;
import antin.signing.dss.Pipeline;
import antin.signing.dss.Trust;
import antin.signing.dss.XadesFormat;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.trust.TrustSettings;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Behind {@code benchmarks/signing}: seals with an installation's own key, in this JVM and over HTTP, beside the bare key
 * operation in the same run. Arguments: state folder, port of the signing service, port of the status service, a file with a
 * token, seconds for each measurement.
 */
final class SigningBenchmark {

    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.RSA_PSS_SHA256;
    /** As many as processors are enough for work that only computes; a service also waits for the disk. The better one counts, of either. */
    private static final int[] AT_ONCE = {2, 8};

    private final SigningKey key;
    private final WorkFolder folder;
    private final PadesFormat format;
    private final XadesFormat xades;
    private final DssValidation validation;
    private final DssTimeStamps stamps;
    private final Path state;
    private final int seconds;

    private SigningBenchmark(Path state, int statusPort, int seconds) throws Exception {
        this.state = state;
        this.seconds = seconds;
        this.folder = WorkFolder.open(Files.createTempDirectory("signing-benchmark"));
        this.key = new Pkcs12KeyRing(state.resolve("keys"), state.resolve("secrets/signing-keys.password"), Clock.systemUTC()).find("sample-seal").orElseThrow();
        Trust trust = new Trust(TrustSettings.of(PemFile.certificates(state.resolve("tls/root.pem")), "http://localhost:" + statusPort, state.resolve("trusted-lists")), Clock.systemUTC());
        this.validation = new DssValidation(trust, folder);
        this.stamps = new DssTimeStamps(trust);
        Pipeline pipeline = new Pipeline(trust, validation, folder);
        this.format = new PadesFormat(pipeline);
        this.xades = new XadesFormat(pipeline);
    }

    public static void main(String[] arguments) throws Exception {
        SigningBenchmark benchmark = new SigningBenchmark(Path.of(arguments[0]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[4]));
        benchmark.run(URI.create("https://localhost:" + arguments[1] + "/v1/seals"), Files.readString(Path.of(arguments[3])).strip());
        System.exit(0);
    }

    private void run(URI seals, String token) throws Exception {
        byte[] small = new byte[200];
        double bare = median(() -> key.sign(ALGORITHM, small));
        say("bare RSA-3072 PSS signature: %.2f ms", bare);
        List<String> figures = new ArrayList<>();
        for (int kilobytes : new int[] {100, 1_000}) {
            String size = kilobytes == 100 ? "100k" : "1m";
            byte[] pdf = TestDocuments.pdf(kilobytes * 1_000);
            Document document = document("a.pdf", pdf);
            double hash = median(() -> MessageDigest.getInstance("SHA-256").digest(pdf));
            double whole = median(() -> seal(format, document, SignatureLevel.B));
            say("PAdES-B of %s: %.2f ms, hashing alone %.2f ms", size, whole, hash);
            figures.add(figure("pades-b-" + size + "-overhead-ms", whole - bare - hash, "ms", "<=", kilobytes == 100 ? 1.0 : 1.7));
            double library = rate(() -> seal(format, document, SignatureLevel.B));
            double http = rate(overHttp(seals, token, pdf));
            say("%.1f seals a second in one JVM, %.1f over HTTP", library, http);
            figures.add(figure("http-" + size + "-vs-library", http / library, "ratio", ">=", 0.5));
        }
        levels(bare, figures);
        byte[] xml = ("<vanBan>" + "<doan>Quyết định về việc bổ nhiệm</doan>".repeat(200) + "</vanBan>").getBytes(StandardCharsets.UTF_8);
        Document text = document("a.xml", xml);
        double whole = median(() -> seal(xades, text, SignatureLevel.B));
        double hash = median(() -> MessageDigest.getInstance("SHA-256").digest(xml));
        say("XAdES-B of %d octets: %.2f ms", xml.length, whole);
        figures.add(figure("xades-b-10k-overhead-ms", whole - bare - hash, "ms", "<=", 1.0));
        figures.forEach(System.out::println);
    }

    /** Above B, with the authority's own operation taken off: one time stamp, two for LTA, as they come over HTTP. */
    private void levels(double bare, List<String> figures) throws Exception {
        byte[] pdf = TestDocuments.pdf(100_000);
        Document document = document("a.pdf", pdf);
        double hash = median(() -> MessageDigest.getInstance("SHA-256").digest(pdf));
        double stamp = median(() -> stamps.stamp("SHA-256", MessageDigest.getInstance("SHA-256").digest(Long.toString(System.nanoTime()).getBytes(StandardCharsets.US_ASCII))));
        say("one time stamp over HTTP: %.2f ms", stamp);
        for (SignatureLevel level : new SignatureLevel[] {SignatureLevel.T, SignatureLevel.LT, SignatureLevel.LTA}) {
            double whole = median(() -> seal(format, document, level));
            say("PAdES-%s of 100k, status and time stamps over HTTP: %.2f ms", level, whole);
            int stampsInIt = level == SignatureLevel.LTA ? 2 : 1;
            if (level != SignatureLevel.T) {
                figures.add(figure("pades-" + level.name().toLowerCase(Locale.ROOT) + "-overhead-ms", whole - bare - hash - stampsInIt * stamp, "ms", "<=", level == SignatureLevel.LT ? 6 : 9));
            }
        }
        PreparedSignature one = format.prepare(request(document("b.pdf", TestDocuments.pdf(20_000)), SignatureLevel.LT));
        Path page = one.complete(key.sign(ALGORITHM, one.toBeSigned())).file();
        Document finished = new Document(page, "b.pdf", Files.size(page), "");
        figures.add(figure("validate-lt-ms", median(() -> validation.validate(finished, List.of())), "ms", "<=", 25));
    }

    private Object seal(SignatureFormat by, Document document, SignatureLevel level) throws Exception {
        PreparedSignature prepared = by.prepare(request(document, level));
        Path file = prepared.complete(key.sign(ALGORITHM, prepared.toBeSigned())).file();
        WorkFolder.remove(file);
        return file;
    }

    private SignatureRequest request(Document document, SignatureLevel level) {
        return new SignatureRequest(document, level, Packaging.ENVELOPED, ALGORITHM, key.chain(), Clock.systemUTC().instant(), null, null);
    }

    private Callable<Object> overHttp(URI seals, String token, byte[] pdf) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(state.resolve("tls/root.pem")))}, null);
        HttpClient client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"options\"\r\nContent-Type: application/json\r\n\r\n"
            + "{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"B\"}\r\n--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(pdf);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(seals).header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=b").POST(BodyPublishers.ofByteArray(body.toByteArray())).build();
        return () -> {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        };
    }

    private Document document(String name, byte[] pdf) throws Exception {
        Path file = folder.newFile();
        Files.write(file, pdf);
        return new Document(file, name, pdf.length, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf)));
    }

    private double median(Callable<?> work) throws Exception {
        return Median.of(work, Duration.ofSeconds(seconds));
    }

    /** A second, after a warm-up: the service was just started, and its code is compiled while it is used. */
    private double rate(Callable<?> work) throws Exception {
        count(work, Duration.ofSeconds(4L * seconds), AT_ONCE[0]);
        double most = 0;
        for (int atOnce : AT_ONCE) {
            most = Math.max(most, count(work, Duration.ofSeconds(seconds), atOnce) / (double) seconds);
        }
        return most;
    }

    private static long count(Callable<?> work, Duration time, int atOnce) throws Exception {
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        work.call();
                        done.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return done.sum();
    }

    private static String figure(String name, double value, String unit, String order, double limit) {
        boolean good = order.equals("<=") ? value <= limit : value >= limit;
        return String.format(Locale.ROOT, "figure %s %.2f %s target %s %.1f %s", name, value, unit, order, limit, good ? "ok" : "short");
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }
}
