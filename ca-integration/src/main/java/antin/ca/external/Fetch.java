package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One look at a configured address: no redirects, ten seconds, a limit on what is read. Certificates name no address that is fetched. */
final class Fetch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 16 * 1024 * 1024;

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5)).build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    byte[] get(URI configured) {
        return send(HttpRequest.newBuilder(configured).timeout(PATIENCE).GET().build());
    }

    byte[] post(URI configured, String type, byte[] body) {
        return send(HttpRequest.newBuilder(configured).timeout(PATIENCE).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }

    /** The whole of it in time: a body that trickles would hold us otherwise. */
    private byte[] send(HttpRequest request) {
        Future<byte[]> answer = threads.submit(() -> read(request));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw away(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(request, e);
        } finally {
            answer.cancel(true);
        }
    }

    private byte[] read(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (response.statusCode() != 200 || bytes.length > LARGEST) {
                throw new IOException("status " + response.statusCode() + ", " + bytes.length + " octets");
            }
            return bytes;
        }
    }

    private static Problem away(HttpRequest request, Exception cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The outside authority does not answer at " + request.uri().getHost() + ". Try again later.", cause);
    }
}
