package antin.kernel.internal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks one peer's internal port over mutual TLS. Safe for use by many threads. */
public final class PeerClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final URI base;
    private final String peer;
    private final HttpClient client;

    public PeerClient(URI base, InternalIdentity identity, PeerName peer) {
        this.base = base;
        this.peer = peer.value();
        this.client = HttpClient.newBuilder().sslContext(identity.clientContext(peer)).version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT).build();
    }

    /** {@code path} may have a query. Throws {@link Problem} of kind {@code PEER_UNAVAILABLE} where no answer comes in time. */
    public HttpResponse<byte[]> get(String path, Duration patience) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET(), patience);
    }

    /** As {@link #get}; {@code body} is JSON in UTF-8. */
    public HttpResponse<byte[]> post(String path, byte[] body, Duration patience) {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)), patience);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration patience) {
        try {
            return client.send(request.timeout(patience).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, peer + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, peer + " does not answer.", e);
        }
    }
}
