package antin.mail.token;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.TlsMaterial;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys (RFC 7517), from its address over checked TLS. Read anew after ten minutes and for a key that is not known, the latter at most every 30
 * seconds; while the issuer is away the last copy counts. Only keys on P-256 are kept, for ES256 and nothing else. Safe for many threads.
 */
public final class IssuerKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int LONGEST = 65_536;

    private final URI address;
    private final HttpClient client;
    private final Clock clock;
    private volatile Map<String, JWSVerifier> known = Map.of();
    private volatile Instant nextRead = Instant.MIN;
    private volatile Instant staleFrom = Instant.MIN;
    private volatile boolean answered;

    /** @param trustFile the certificates below which the issuer's own must lie, in PEM */
    public IssuerKeys(URI address, Path trustFile, Clock clock) {
        this.address = address;
        this.clock = clock;
        this.client = HttpClient.newBuilder().sslContext(TlsMaterial.clientTrusting(trustFile)).version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }

    /**
     * The key of this id; empty where the issuer has none.
     *
     * @throws Problem {@code PEER_UNAVAILABLE} where it is not known and the issuer does not answer
     */
    Optional<JWSVerifier> key(String id) {
        if (!known.containsKey(id) || clock.instant().isAfter(staleFrom)) {
            read();
        }
        JWSVerifier key = known.get(id);
        if (key == null && !answered) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The issuer's keys are not to be had. Try again later.");
        }
        return Optional.ofNullable(key);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private synchronized void read() {
        if (clock.instant().isBefore(nextRead)) {
            return;
        }
        try {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(address).timeout(ANSWER).header("Accept", "application/json").build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] text = body.readNBytes(LONGEST + 1);
                if (answer.statusCode() != 200 || text.length > LONGEST) {
                    throw new IOException("The issuer answers " + answer.statusCode());
                }
                known = keys(new String(text, StandardCharsets.UTF_8));
            }
            answered = true;
            staleFrom = clock.instant().plus(FRESH);
            nextRead = clock.instant().plus(REST);
        } catch (IOException | ParseException | JOSEException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(e);
        }
    }

    private void failed(Exception cause) {
        LOG.warn("The issuer's keys could not be read from {}; {} are known", address, known.size(), cause);
        answered = false;
        nextRead = clock.instant().plus(REST_AFTER_FAILURE);
    }

    private static Map<String, JWSVerifier> keys(String json) throws ParseException, JOSEException {
        Map<String, JWSVerifier> keys = new HashMap<>();
        for (JWK jwk : JWKSet.parse(json).getKeys()) {
            boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
            if (jwk instanceof ECKey key && Curve.P_256.equals(key.getCurve()) && key.getKeyID() != null && signs) {
                keys.put(key.getKeyID(), new ECDSAVerifier(key)); // safe for many threads
            }
        }
        return Map.copyOf(keys);
    }
}
