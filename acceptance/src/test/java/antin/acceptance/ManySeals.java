package antin.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;

/** A document system that seals without pause and looks at each answer, over kept connections. */
final class ManySeals implements AutoCloseable {

    /** What came back for one kind of request. */
    record Sealed(String id, String format, byte[] original, byte[] document, boolean validate) {
    }

    private record Token(String text, Instant until) {
    }

    private static final String BOUNDARY = "----antin-soak";
    private static final List<String> OTHERS = List.of("XAdES", "CAdES", "JAdES", "ASiC-E");
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final byte[] PDF = Pdf.ofSize(20_000);
    private static final byte[] XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><vb xmlns=\"urn:vb\"><so>12/QĐ-UBND</so></vb>".getBytes(StandardCharsets.UTF_8);

    private final Antin antin;
    private final HttpClient http;
    private volatile Token token = new Token("", Instant.MIN);

    ManySeals(Antin antin) throws IOException, GeneralSecurityException {
        this.antin = antin;
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(antin.root()))) {
            roots.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Mostly PAdES-B of 20 kB; of a hundred one is PAdES-LT, and one each of the other formats. Every hundredth is shown to the service's own validation. */
    Sealed seal(int number) throws IOException, InterruptedException {
        int kind = number % 100;
        String format = kind >= 1 && kind <= OTHERS.size() ? OTHERS.get(kind - 1) : "PAdES";
        byte[] original = format.equals("XAdES") ? XML : PDF;
        String options = "{\"key\":\"" + (number % 2 == 0 ? "sample-seal-ec" : "sample-seal") + "\",\"format\":\"" + format + "\",\"level\":\"" + (kind == 0 ? "LT" : "B") + "\"}";
        HttpResponse<byte[]> answer = post("/v1/seals", options, original);
        if (answer.statusCode() != 201) {
            throw new AssertionError("Seal " + number + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        String location = answer.headers().firstValue("Location").orElseThrow();
        return new Sealed(location.substring(location.lastIndexOf('/') + 1), format, original, answer.body(), kind == 10);
    }

    /** PAdES by Bouncy Castle alone; the other formats, and one of a hundred of these, by {@code /v1/validations}. */
    boolean isValid(Sealed sealed) throws IOException, InterruptedException {
        if (sealed.format.equals("PAdES") && !verifies(Pdf.signature(sealed.document))) {
            return false;
        }
        if (sealed.format.equals("PAdES") && !sealed.validate) {
            return true;
        }
        HttpResponse<byte[]> report = post("/v1/validations", "", sealed.document, sealed.format.equals("CAdES") ? sealed.original : new byte[0]);
        return new String(report.body(), StandardCharsets.UTF_8).replace(" ", "").startsWith("{\"conclusion\":\"valid\"");
    }

    @Override
    public void close() {
        http.close();
    }

    private static boolean verifies(Pdf.Signed signature) {
        try {
            CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(signature.data()), signature.token());
            SignerInformation signer = cms.getSignerInfos().iterator().next();
            X509CertificateHolder certificate = (X509CertificateHolder) cms.getCertificates().getMatches(signer.getSID()).iterator().next();
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(BOUNCY_CASTLE).build(certificate));
        } catch (CMSException | OperatorCreationException | CertificateException e) {
            return false;
        }
    }

    private HttpResponse<byte[]> post(String path, String options, byte[] document, byte[]... originals) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!options.isEmpty()) {
            part(body, "name=\"options\"", options.getBytes(StandardCharsets.UTF_8));
        }
        part(body, "name=\"document\"; filename=\"a\"", document);
        for (byte[] original : originals) {
            if (original.length > 0) {
                part(body, "name=\"original\"; filename=\"a\"", original);
            }
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return http.send(HttpRequest.newBuilder(URI.create("https://localhost:" + antin.port(8443) + path)).timeout(Duration.ofMinutes(1))
            .header("Authorization", "Bearer " + token()).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())).build(), BodyHandlers.ofByteArray());
    }

    private static void part(ByteArrayOutputStream body, String name, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** They last five minutes. */
    private String token() {
        Token now = token;
        if (Instant.now().isBefore(now.until)) {
            return now.text;
        }
        synchronized (this) {
            if (!Instant.now().isBefore(token.until)) {
                token = new Token(antin.run("sample", "token", "sample-documents").succeeds().text(), Instant.now().plusSeconds(200));
            }
            return token.text;
        }
    }
}
