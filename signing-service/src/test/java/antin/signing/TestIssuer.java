package antin.signing;

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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Signs tokens and serves its keys over TLS. */
public final class TestIssuer implements AutoCloseable {

    public final AtomicInteger reads = new AtomicInteger();
    private final ECKey key;
    private final HttpsServer server;
    private volatile boolean away;

    public TestIssuer(SSLContext tls) {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.createContext("/oauth2/jwks", exchange -> {
                try (exchange) {
                    reads.incrementAndGet();
                    byte[] body = new JWKSet(key).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : body.length);
                    if (!away) {
                        exchange.getResponseBody().write(body);
                    }
                }
            });
            server.start();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    public void away(boolean isAway) {
        away = isAway;
    }

    /** As the issuer's for a client; {@code changes} make it wrong. */
    public String token(String audience, String client, String scope, UnaryOperator<JWTClaimsSet.Builder> changes, String type) {
        return token(key, audience, client, scope, changes, type);
    }

    /** As {@link #token}, by a key that is not the issuer's. */
    public String forged(String audience, String client, String scope) {
        try {
            return token(new ECKeyGenerator(Curve.P_256).keyID("k2").generate(), audience, client, scope, claims -> claims, "at+jwt");
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String token(ECKey by, String audience, String client, String scope, UnaryOperator<JWTClaimsSet.Builder> changes, String type) {
        try {
            Instant now = Instant.now();
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(url()).audience(audience).subject(client).claim("client_id", client)
                .claim("scope", scope).issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300)));
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).keyID(by.getKeyID()).build(),
                changes.apply(claims).build());
            token.sign(new ECDSASigner(by));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
