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
 * Fetches revocation data, certificates and time stamps, from below the addresses that are allowed and from nowhere else: what a hostile
 * document names is not asked. Follows no redirects; time and size are limited.
 */
final class StatusLoader implements DataLoader {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(1);
    private static final int LARGEST_ANSWER = 4 << 20; // a CRL of a hundred thousand certificates
    private static final int LARGEST_LIST = 32 << 20;

    private final List<String> allowed;
    private final Duration patience;
    private final int largest;
    private final transient HttpClient client;
    private final AtomicLong failures;
    private String contentType;

    private StatusLoader(List<String> allowed, Duration patience, int largest, HttpClient client, AtomicLong failures, String contentType) {
        this.allowed = List.copyOf(allowed);
        this.patience = patience;
        this.largest = largest;
        this.client = client;
        this.failures = failures;
        this.contentType = contentType;
    }

    /** Asks the addresses that are one of these, or begin with one that ends with a slash. */
    StatusLoader(List<String> allowed) {
        this(allowed, PATIENCE, LARGEST_ANSWER, client(), new AtomicLong(), "application/octet-stream");
    }

    /** For one trusted list, which is larger than other answers. */
    static StatusLoader ofList(String url) {
        return new StatusLoader(List.of(url), LONG_PATIENCE, LARGEST_LIST, client(), new AtomicLong(), "application/octet-stream");
    }

    /** For these time-stamping authorities. */
    static StatusLoader ofTimeStamps(List<String> urls) {
        return new StatusLoader(urls, PATIENCE, LARGEST_ANSWER, client(), new AtomicLong(), "application/timestamp-query");
    }

    /** The same connections and count of failures, posting another type. */
    StatusLoader posting(String type) {
        return new StatusLoader(allowed, patience, largest, client, failures, type);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
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
            if (!url.contains("..") && allowed.stream().anyMatch(one -> one.equals(url) || one.endsWith("/") && url.startsWith(one))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DSSExternalResourceException("Not an address", e);
        }
        throw new DSSExternalResourceException("Not asked, since it is not below " + String.join(" or ", allowed));
    }

    private byte[] send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = client.send(request.timeout(patience).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(largest + 1);
                if (answer.statusCode() == 200 && bytes.length > 0 && bytes.length <= largest) {
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
