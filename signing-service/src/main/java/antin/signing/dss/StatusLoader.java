package antin.signing.dss;

import eu.europa.esig.dss.spi.client.http.DataLoader;
import eu.europa.esig.dss.spi.exception.DSSExternalResourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches revocation data, certificates and time stamps, from below one address and from nowhere else: what a hostile
 * document names is not asked. Follows no redirects; time and size are limited.
 */
final class StatusLoader implements DataLoader {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 4 << 20; // a CRL of a hundred thousand certificates

    private final String below;
    private final transient HttpClient client;
    private final AtomicLong failures;
    private String contentType;

    private StatusLoader(String below, HttpClient client, AtomicLong failures, String contentType) {
        this.below = below;
        this.client = client;
        this.failures = failures;
        this.contentType = contentType;
    }

    /** {@code below} has no slash at its end. */
    StatusLoader(String below) {
        this(below, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER)
            .build(), new AtomicLong(), "application/octet-stream");
    }

    /** The same connections and count of failures, posting another type. */
    StatusLoader posting(String type) {
        return new StatusLoader(below, client, failures, type);
    }

    /** How often an address that may be asked did not answer well, so far. */
    long failures() {
        return failures.get();
    }

    @Override
    public byte[] get(String url) {
        return send(HttpRequest.newBuilder(allowed(url)).GET());
    }

    @Override
    public DataAndUrl get(List<String> urls) {
        DSSExternalResourceException last = new DSSExternalResourceException("No address");
        for (String url : urls) {
            try {
                return new DataAndUrl(url, get(url));
            } catch (DSSExternalResourceException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public byte[] post(String url, byte[] content) {
        return send(HttpRequest.newBuilder(allowed(url)).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(content)));
    }

    @Override
    public void setContentType(String type) {
        contentType = type;
    }

    private URI allowed(String url) {
        try {
            URI uri = URI.create(url);
            if (url.startsWith(below + "/") && !url.contains("..")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DSSExternalResourceException("Not an address", e);
        }
        throw new DSSExternalResourceException("Not asked, since it is not below " + below);
    }

    private byte[] send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
                if (answer.statusCode() == 200 && bytes.length > 0 && bytes.length <= LARGEST_ANSWER) {
                    return bytes;
                }
            }
            throw new IOException("status " + answer.statusCode());
        } catch (IOException e) {
            failures.incrementAndGet();
            throw new DSSExternalResourceException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DSSExternalResourceException(e);
        }
    }
}
