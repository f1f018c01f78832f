package antin.signing.token;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, read at the start and each five minutes, and at once for a key that is not known (at most each
 * ten seconds, so that made-up tokens cause no traffic). While the issuer is away what was read last counts on.
 */
public final class IssuerKeys implements JWKSource<SecurityContext>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int LARGEST = 256 * 1024;

    private final URI address;
    private final HttpClient client;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "issuer-keys");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable JWKSet keys;
    private Instant tried = Instant.MIN;

    public IssuerKeys(String issuer, SSLContext trust, Clock clock) {
        this.address = URI.create(issuer + "/oauth2/jwks");
        this.client = HttpClient.newBuilder().sslContext(trust).version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
        this.clock = clock;
    }

    public IssuerKeys start() {
        var untilRead = timer.scheduleWithFixedDelay(() -> {
            if (!areRead()) {
                refresh();
            }
        }, 0, 1, TimeUnit.SECONDS);
        var often = timer.scheduleWithFixedDelay(this::refresh, 5, 5, TimeUnit.MINUTES);
        return this;
    }

    /** Whether tokens can be checked. */
    public boolean areRead() {
        return keys != null;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
        JWKSet known = keys;
        List<JWK> fitting = known == null ? List.of() : selector.select(known);
        if (!fitting.isEmpty()) {
            return fitting;
        }
        refreshSeldom();
        JWKSet read = keys;
        if (read == null) {
            throw new RemoteKeySourceException("The issuer's keys were never read", null);
        }
        return selector.select(read);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.shutdownNow();
    }

    private synchronized void refreshSeldom() {
        if (tried.isBefore(clock.instant().minus(BETWEEN))) {
            refresh();
        }
    }

    private synchronized void refresh() {
        tried = clock.instant();
        try {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] octets = body.readNBytes(LARGEST);
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                keys = JWKSet.parse(new String(octets, StandardCharsets.UTF_8)).toPublicJWKSet();
            }
        } catch (IOException | ParseException e) {
            LOG.warn("The issuer's keys at {} cannot be read now: {}", address, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
