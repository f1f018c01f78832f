package antin.kernel.audit;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Time stamps from an authority over HTTP (RFC 3161, 3.4). */
public final class HttpTimeStamps implements TimeStamps {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTimeStamps.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST = 64 * 1024;
    private static final int NONCE_BITS = 64;

    private static final String KEY = "time-stamp-url";

    private final URI authority;
    private final SecureRandom random = new SecureRandom();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    public HttpTimeStamps(URI authority) {
        this.authority = authority;
    }

    /** By the key {@code time-stamp-url} of a process's configuration; {@link TimeStamps#NONE} where it is absent. */
    public static TimeStamps read(Settings settings) {
        Optional<String> address = settings.optionalText(KEY);
        if (address.isEmpty()) {
            return NONE;
        }
        if (!address.get().matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + KEY + " must be an http or https address, and is \"" + address.get() + "\".");
        }
        return new HttpTimeStamps(URI.create(address.get()));
    }

    @Override
    public Optional<byte[]> stamp(byte[] sha256) {
        TimeStampQuery query = new TimeStampQuery(sha256, new BigInteger(NONCE_BITS, random));
        try {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(authority).timeout(PATIENCE)
                .header("Content-Type", "application/timestamp-query").POST(BodyPublishers.ofByteArray(query.der())).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] response = body.readNBytes(LARGEST + 1);
                if (answer.statusCode() == 200 && response.length <= LARGEST && query.isGrantedBy(response)) {
                    return Optional.of(response);
                }
                LOG.warn("{} grants no time stamp (status {})", authority, answer.statusCode());
            }
        } catch (IOException e) {
            LOG.warn("{} does not answer; what was to be stamped goes without", authority);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
