package antin.mail;

import antin.directory.opendj.TestDirectory;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.nimbusds.jose.JOSEException;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Plays backbone's issuer: its keys over HTTPS, and tokens signed with them. */
final class TestIssuer implements AutoCloseable {

    static final List<String> SCOPES = List.of("mail.imap", "mail.pop", "mail.smtp", "mail.sieve");

    private final HttpsServer server;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile List<ECKey> keys = List.of(newKey());
    private volatile boolean away;

    TestIssuer(TestDirectory directory) throws IOException, GeneralSecurityException {
        Path folder = directory.internalFolder();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsMaterial.presenting(PemFile.privateKey(folder.resolve("mail-listener.key"), "EC"), PemFile.certificates(folder.resolve("mail-listener.pem"))), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/oauth2/jwks", exchange -> {
            try (exchange) {
                reads.incrementAndGet();
                byte[] body = new JWKSet(List.copyOf(keys)).toString(true).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : body.length);
                if (!away) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    ECKey key() {
        return keys.getLast();
    }

    int reads() {
        return reads.get();
    }

    /** The next tokens are signed with another key; both are told. */
    void rotate() {
        keys = List.of(key(), newKey());
    }

    void away(boolean isAway) {
        away = isAway;
    }

    /** A token that opens everything for {@code person}. */
    String token(String person) {
        return token(person, claims -> claims);
    }

    String token(String person, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).keyID(key().getKeyID()).build(), change.apply(claims(person)).build(), key());
    }

    JWTClaimsSet.Builder claims(String person) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(url()).audience("urn:antin:mail").subject(person).claim("scope", SCOPES).claim("amr", List.of("pwd", "otp", "mfa"))
            .claim("sid", UUID.randomUUID().toString()).claim("client_id", "test").jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now))
            .notBeforeTime(Date.from(now)).expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
