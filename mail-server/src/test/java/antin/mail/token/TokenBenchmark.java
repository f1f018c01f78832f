package antin.mail.token;

import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import antin.mail.MailSettings;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;

/**
 * Behind {@code benchmarks/login}: what the check of a whole access token leaves of the bare verification of its signature, by the same provider on one thread, in turns.
 * Arguments: state folder of an installation, for the certificate that the keys are read over; seconds for each measurement.
 */
final class TokenBenchmark {

    /** The thread's own time, so that what else the machine does counts little. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 5;
    private static final String ISSUER = "https://localhost";

    private TokenBenchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        MailSettings settings = MailSettings.read(Settings.read(Path.of(arguments[0]).resolve("conf/mail-server.properties")));
        Duration time = Duration.ofSeconds(Integer.parseInt(arguments[1]));
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        String token = token(key);
        HttpsServer issuer = issuer(settings, key);
        try (IssuerKeys keys = new IssuerKeys(URI.create("https://localhost:" + issuer.getAddress().getPort()), settings.tokens().orElseThrow().trustFile(), Clock.systemUTC())) {
            TokenCheck check = new TokenCheck(ISSUER, keys, Clock.systemUTC());
            compare(time, bare(token, key.toECPublicKey()), () -> check.check(token, "mail.imap").person().equals("100001"));
        } finally {
            issuer.stop(0);
        }
    }

    private static void compare(Duration time, Callable<Boolean> bare, Callable<Boolean> whole) throws Exception {
        rate(time, bare);
        rate(time, whole);
        double bareRate = 0;
        double wholeRate = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bareRate += rate(time, bare) / ROUNDS;
            wholeRate += rate(time, whole) / ROUNDS;
        }
        double ratio = wholeRate / bareRate;
        System.out.printf(Locale.ROOT, "tokens: %.0f whole checks, %.0f bare ES256 verifications in a second of one thread's time%n", wholeRate, bareRate);
        System.out.printf(Locale.ROOT, "figure token-check-vs-verify %.2f ratio target >= 0.7 %s%n", ratio, ratio >= 0.7 ? "ok" : "short");
    }

    private static double rate(Duration time, Callable<Boolean> work) throws Exception {
        long begun = System.nanoTime();
        long used = CLOCK.getCurrentThreadCpuTime();
        long count = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            if (!work.call()) {
                throw new IllegalStateException("A right token was refused");
            }
            count++;
        }
        return count / ((CLOCK.getCurrentThreadCpuTime() - used) / 1e9);
    }

    private static Callable<Boolean> bare(String token, PublicKey key) throws Exception {
        SignedJWT parsed = SignedJWT.parse(token);
        byte[] signed = parsed.getSigningInput();
        byte[] signature = parsed.getSignature().decode();
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        return () -> {
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        };
    }

    /** As backbone makes them. */
    private static String token(ECKey key) throws Exception {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder().issuer(ISSUER).audience("urn:antin:mail").subject("100001").claim("scope", List.of("mail.imap", "mail.pop", "mail.smtp", "mail.sieve"))
                .claim("amr", List.of("pwd", "otp", "mfa")).claim("acr", "urn:antin:acr:mfa").claim("auth_time", now.getEpochSecond()).claim("sid", UUID.randomUUID().toString())
                .claim("client_id", "mail-client").jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now)).notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1)))).build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static HttpsServer issuer(MailSettings settings, ECKey key) throws Exception {
        List<X509Certificate> chain = PemFile.certificates(settings.tlsChainFile());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsMaterial.presenting(PemFile.privateKey(settings.tlsKeyFile(), chain.getFirst().getPublicKey().getAlgorithm()), chain), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        byte[] body = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
