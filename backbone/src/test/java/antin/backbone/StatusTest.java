package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status port of the whole process, with a real {@code ca} behind it, as openssl and rude strangers see it. With a backbone of
 * its own, since openssl has no clock that other tests move.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StatusTest {

    private static final String NEVER_ISSUED = "0x4142434445464748494a4b4c4d4e4f5051525354";

    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private final TestBackbone backbone;
    private final HttpClient client = HttpClient.newHttpClient();

    StatusTest() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")) && Files.isExecutable(Path.of("/usr/bin/curl")),
            "openssl or curl is not installed: apt-get install openssl curl");
        backbone = TestBackbone.withOwnDatabase();
    }

    @AfterAll
    void stop() {
        backbone.close();
    }

    @BeforeEach
    void copyCertificates() throws IOException {
        for (String name : List.of("root", "issuing", "persons", "agencies", "backbone")) {
            Files.writeString(folder.resolve(name + ".pem"), Files.readString(backbone.ca.file(name)));
        }
    }

    @Test
    void answersOpensslsQuestionsByPost() throws Exception {
        for (String digest : List.of("-sha1", "-sha256")) {
            assertThat(openssl("ocsp", digest, "-issuer", "issuing.pem", "-cert", "backbone.pem", "-serial", NEVER_ISSUED, "-url", url("/ocsp"), "-CAfile", "root.pem",
                "-verify_other", "issuing.pem")).contains("Response verify OK", "backbone.pem: good", NEVER_ISSUED + ": unknown").doesNotContain("WARNING");
        }
        assertThat(openssl("ocsp", "-issuer", "root.pem", "-cert", "issuing.pem", "-url", url("/ocsp"), "-CAfile", "root.pem"))
            .contains("Response verify OK", "issuing.pem: good").doesNotContain("WARNING");
    }

    @Test
    void showsARevocationWithinASecondAndPutsItOnTheCrl() throws Exception {
        X509Certificate certificate = samplePerson("an.nguyen");
        assertThat(ocsp("person.pem", certificate)).contains("person.pem: good");
        HttpResponse<String> answer = post("launcher", "/revocations", "{\"serial\":\"%s\",\"reason\":\"keyCompromise\",\"actor\":\"operator\"}"
            .formatted(certificate.getSerialNumber().toString(16)));
        long answered = System.nanoTime();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"issuer\":\"persons\"", "\"reason\":\"keyCompromise\"", "\"revokedAt\":\"20");
        assertThat(ocsp("person.pem", certificate)).contains("person.pem: revoked");
        assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofSeconds(1));
        assertThat(ocsp("person.pem", certificate)).contains("Reason: keyCompromise", "Revocation Time: ");

        assertThat(crl("persons")).contains(certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT), "Key Compromise");
        Files.write(folder.resolve("persons.crl"), get("/crl/persons.crl").body());
        Files.write(folder.resolve("root.crl"), get("/crl/root.crl").body());
        assertThat(openssl("crl", "-inform", "DER", "-in", "root.crl", "-CAfile", "root.pem", "-noout")).contains("verify OK");
        openssl("crl", "-inform", "DER", "-in", "persons.crl", "-out", "persons-crl.pem");
        assertThat(openssl("verify", "-crl_check", "-CAfile", "root.pem", "-untrusted", "persons.pem", "-CRLfile", "persons-crl.pem", "person.pem"))
            .contains("certificate revoked");
        assertThat(backbone.auditLog()).contains("\"act\":\"certificate.revoke\",\"outcome\":\"begun\",\"who\":\"operator\"");
    }

    @Test
    void showsAHoldAndItsEndWithinASecond() throws Exception {
        X509Certificate certificate = samplePerson("binh.tran");
        String serial = certificate.getSerialNumber().toString(16);
        HttpResponse<String> held = post("launcher", "/holds", "{\"serial\":\"%s\",\"held\":true,\"actor\":\"operator\"}".formatted(serial));
        assertThat(held.body()).contains("\"held\":true", "\"heldSince\":\"20");
        assertThat(ocsp("person.pem", certificate)).contains("person.pem: revoked", "Reason: certificateHold");
        assertThat(crl("persons")).contains("Certificate Hold");
        HttpResponse<String> released = post("launcher", "/holds", "{\"serial\":\"%s\",\"held\":false,\"actor\":\"operator\"}".formatted(serial));
        assertThat(released.body()).contains("\"held\":false");
        assertThat(ocsp("person.pem", certificate)).contains("person.pem: good");
        assertThat(crl("persons")).doesNotContain("Certificate Hold");
        assertThat(crl("persons-delta")).contains("Remove From CRL");
        assertThat(backbone.auditLog()).contains("\"act\":\"certificate.hold\",\"outcome\":\"done\",\"who\":\"operator\"", "\"act\":\"certificate.release\",\"outcome\":\"done\"");
    }

    @Test
    void answersAGetWithItsSlashesPlainOrEncodedAndLetsOthersKeepItForAMinute() throws Exception {
        openssl("ocsp", "-issuer", "issuing.pem", "-cert", "backbone.pem", "-no_nonce", "-reqout", "request.der");
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("request.der")));
        for (String path : List.of("/ocsp/" + base64, "/ocsp//" + base64, "/ocsp/" + URLEncoder.encode(base64, StandardCharsets.US_ASCII))) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/ocsp-response");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=60, public, no-transform, must-revalidate");
            assertThat(answer.headers().map()).containsKeys("etag", "last-modified", "expires");
            assertThat(send(HttpRequest.newBuilder(URI.create(url(path))).header("If-None-Match", answer.headers().firstValue("ETag").orElseThrow())).statusCode()).isEqualTo(304);
            Files.write(folder.resolve("answer.der"), answer.body());
            assertThat(openssl("ocsp", "-no_nonce", "-respin", "answer.der", "-issuer", "issuing.pem", "-cert", "backbone.pem", "-CAfile", "root.pem", "-verify_other",
                "issuing.pem")).contains("Response verify OK", "backbone.pem: good");
        }
        openssl("ocsp", "-issuer", "issuing.pem", "-cert", "backbone.pem", "-reqout", "nonce.der");
        assertThat(get("/ocsp/" + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("nonce.der")))).headers().firstValue("Cache-Control"))
            .hasValue("no-store");
    }

    @Test
    void stampsTimesThatOpensslBelieves() throws Exception {
        Files.writeString(folder.resolve("document"), "a document");
        openssl("ts", "-query", "-data", "document", "-sha512", "-cert", "-out", "request.tsq");
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(url("/tsa"))).header("Content-Type", "application/timestamp-query")
            .POST(BodyPublishers.ofFile(folder.resolve("request.tsq"))));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/timestamp-reply");
        Files.write(folder.resolve("answer.tsr"), answer.body());
        assertThat(openssl("ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr", "-CAfile", "root.pem")).contains("Verification: OK");
        assertThat(backbone.auditLog()).contains("\"act\":\"timestamp.sign\",\"outcome\":\"begun\"", "\"act\":\"timestamp.sign\",\"outcome\":\"done\"");
    }

    @Test
    void handsOutTheAuthoritiesCertificatesAndTellsTheirSizeToHead() throws Exception {
        for (String name : List.of("root", "issuing", "persons", "agencies")) {
            HttpResponse<byte[]> answer = get("/ca/" + name + ".cer");
            assertThat(answer.body()).isEqualTo(PemFile.certificates(backbone.ca.file(name)).getFirst().getEncoded());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pkix-cert");
            HttpResponse<byte[]> head = send(HttpRequest.newBuilder(URI.create(url("/ca/" + name + ".cer"))).HEAD());
            assertThat(head.headers().firstValue("Content-Length")).hasValue(Integer.toString(answer.body().length));
        }
        assertThat(get("/crl/issuing.crl").headers().firstValue("Content-Type")).hasValue("application/pkix-crl");
    }

    @Test
    void answersRudeRequestsClearlyAndGoesOn() throws Exception {
        assertProblem(404, get("/"), get("/ca/other.cer"), get("/crl/issuing.pem"), get("/crl/../ca/root.cer"), get("/ocspx"), get("/tsa/"), get("/%2e%2e/etc/passwd"));
        assertProblem(405, get("/tsa"), get("/ocsp"), get("/ocsp/"), post("/ca/root.cer", "x/y", new byte[1]),
            send(HttpRequest.newBuilder(URI.create(url("/crl/root.crl"))).DELETE()));
        assertProblem(415, post("/ocsp", "text/plain", new byte[1]), post("/tsa", "application/ocsp-request", new byte[1]));
        assertProblem(413, post("/ocsp", "application/ocsp-request", new byte[20_000]), post("/tsa", "application/timestamp-query", new byte[3_000_000]));
        assertProblem(400, get("/ocsp/%%%".replace("%%%", "%25%25")), get("/ocsp/AAAA.BBBB"));
        for (byte[] body : List.of(new byte[0], new byte[8_000], "<html>".getBytes(StandardCharsets.US_ASCII), deep())) {
            HttpResponse<byte[]> ocsp = post("/ocsp", "application/ocsp-request; charset=x", body);
            assertThat(ocsp.statusCode()).isEqualTo(200);
            assertThat(ocsp.body()).as("malformedRequest").containsExactly(0x30, 3, 0x0a, 1, 1);
            HttpResponse<byte[]> tsa = post("/tsa", "application/timestamp-query", body);
            Files.write(folder.resolve("refused.tsr"), tsa.body());
            assertThat(openssl("ts", "-reply", "-in", "refused.tsr", "-text")).contains("Rejected", "wrong format");
        }
        assertThat(get("/ocsp/" + Base64.getEncoder().encodeToString(deep())).body()).containsExactly(0x30, 3, 0x0a, 1, 1);
        for (String raw : List.of("GARBAGE\r\n\r\n", "GET /ca/root.cer HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(40_000) + "\r\n\r\n",
            "POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: application/ocsp-request\r\nContent-Length: 99999999999\r\n\r\n", "\0\0\0\0\r\n\r\n")) {
            assertThat(raw(raw)).doesNotContain("antin.", "java.", "at com.", "Tomcat");
        }
        answersOpensslsQuestionsByPost();
    }

    @Test
    void closesTheConnectionOfWhoTakesTooLongToAsk() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", backbone.statusPort)) {
            socket.setSoTimeout(40_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: application/ocsp-request\r\nContent-Length: 100\r\n\r\n0".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).doesNotContain("200 OK");
        }
    }

    @Test
    void countsItsRequestsByKind() throws Exception {
        answersOpensslsQuestionsByPost();
        get("/crl/issuing.crl");
        String metrics = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + backbone.managementPort + "/metrics")).build(), BodyHandlers.ofString()).body();
        assertThat(metrics).contains("antin_status_requests_seconds_count{kind=\"ocsp-post\",outcome=\"successful\"}",
            "antin_status_requests_seconds_count{kind=\"crl\",outcome=\"served\"}");
    }

    @Test
    void givesTheSamplesPeopleKeysThatOpensslOpens() throws Exception {
        X509Certificate certificate = samplePerson("binh.tran");
        assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=Trần Thị Bình", "OU=van-phong", "UID=100002");
        assertThat(openssl("pkcs12", "-in", sampleKey("binh.tran.p12"), "-passin", "file:" + sampleKey("binh.tran.password"), "-nodes"))
            .contains("BEGIN PRIVATE KEY").containsPattern("(?s)(BEGIN CERTIFICATE.*){3}");
        assertThat(openssl("verify", "-CAfile", "root.pem", "-untrusted", "persons.pem", "person.pem")).contains("OK");
        try (Stream<Path> files = Files.list(backbone.home.resolve("sample/keys"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".p12"))).hasSameSizeAs(backbone.directory.people());
        }
    }

    @Test
    void certifiesTheSamplesAgencyKeysInTheNamesThatTheDirectoryHas() throws Exception {
        openssl("req", "-newkey", "rsa:3072", "-nodes", "-keyout", "seal.key", "-subj", "/CN=somebody else", "-outform", "DER", "-out", "seal.req");
        String pkcs10 = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("seal.req")));
        HttpResponse<String> answer = post("signing-service", "/sample/certificates", "{\"key\":\"sample-agency\",\"pkcs10\":\"" + pkcs10 + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Files.write(folder.resolve("seal.der"), Base64.getDecoder().decode(answer.body().replaceAll(".*\"certificate\":\"([^\"]+)\".*", "$1")));
        openssl("x509", "-inform", "DER", "-in", "seal.der", "-out", "seal.pem");
        assertThat(openssl("x509", "-in", "seal.pem", "-noout", "-subject", "-nameopt", "utf8,sep_comma_plus")).contains("Sở Nội vụ", "so-noi-vu").doesNotContain("else");
        assertThat(openssl("verify", "-CAfile", "root.pem", "-untrusted", "agencies.pem", "seal.pem")).contains("OK");
        assertThat(post("signing-service", "/sample/certificates", "{\"key\":\"sample-agency\",\"pkcs10\":\"" + pkcs10 + "\"}").body()).as("the same wish").isEqualTo(answer.body());
        assertThat(post("signing-service", "/sample/certificates", "{\"key\":\"other\",\"pkcs10\":\"" + pkcs10 + "\"}").statusCode()).isEqualTo(404);
        assertThat(post("signing-service", "/sample/certificates", "{\"key\":\"sample-seal\",\"pkcs10\":\"AAAA\"}").statusCode()).isEqualTo(400);
        assertThat(post("launcher", "/sample/certificates", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void refusesToRevokeWhatIsNotSaidClearly() throws Exception {
        for (String question : List.of("", "null", "[]", "{}", "{\"serial\":\"zz\",\"reason\":\"keyCompromise\",\"actor\":\"a\"}",
            "{\"serial\":\"1\",\"reason\":\"because\",\"actor\":\"a\"}", "{\"serial\":\"1\",\"reason\":\"keyCompromise\"}", "{\"serial\":\"1\",\"x\":1}")) {
            HttpResponse<String> answer = post("launcher", "/revocations", question);
            assertThat(answer.statusCode()).as(question).isEqualTo(400);
            assertThat(answer.body()).contains("/problems/malformed-request").doesNotContain("antin.", "jackson");
        }
        assertThat(post("launcher", "/revocations", "{\"serial\":\"77\",\"reason\":\"superseded\",\"actor\":\"a\"}").statusCode()).isEqualTo(404);
        assertThat(post("signing-service", "/revocations", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void doesWhatTheOperatorsPageSays() throws Exception {
        String lines = SHELL.matcher(Files.readString(Path.of("../docs/status.md"))).results().map(block -> block.group(1)).collect(Collectors.joining());
        String here = lines.replace("http://localhost:8441", url("")).replace("var/tls/", backbone.ca.file("root").getParent() + "/");
        Process shell = new ProcessBuilder("sh", "-ec", here).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        assertThat(said).contains("Response verify OK", "backbone.pem: good", "verify OK", "Certificate Revocation List", "Verification: OK");
    }

    private String ocsp(String file, X509Certificate certificate) throws Exception {
        Files.writeString(folder.resolve(file), PemFile.encode(List.of(certificate)));
        return openssl("ocsp", "-issuer", "persons.pem", "-cert", file, "-url", url("/ocsp"), "-CAfile", "root.pem", "-verify_other", "persons.pem");
    }

    private String crl(String name) throws Exception {
        Files.write(folder.resolve("now.crl"), get("/crl/" + name + ".crl").body());
        return openssl("crl", "-inform", "DER", "-in", "now.crl", "-noout", "-text");
    }

    private X509Certificate samplePerson(String local) throws Exception {
        openssl("pkcs12", "-in", sampleKey(local + ".p12"), "-passin", "file:" + sampleKey(local + ".password"), "-clcerts", "-nokeys", "-out", "person.pem");
        return PemFile.certificates(folder.resolve("person.pem")).getFirst();
    }

    private String sampleKey(String file) {
        Path key = backbone.home.resolve("sample/keys").resolve(file);
        assertThat(SecretFile.bytes(key)).isNotEmpty();
        return key.toString();
    }

    @SafeVarargs
    private static void assertProblem(int status, HttpResponse<byte[]>... answers) {
        for (HttpResponse<byte[]> answer : answers) {
            assertThat(answer.statusCode()).as(answer.request() + " " + new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"type\":\"/problems/").contains("\"status\":" + status);
        }
    }

    private static byte[] deep() {
        byte[] deep = new byte[4_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        return deep;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", backbone.statusPort)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (java.net.SocketException e) {
            return ""; // it was cut off, which is an answer too
        }
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url(path))));
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String peer, String path, String json) throws Exception {
        InternalIdentity identity = backbone.directory.issue(peer, "CN=" + peer, "antin:" + peer);
        try (HttpClient internal = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build()) {
            return internal.send(HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + backbone.statusPort + path;
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
