package antin.signing.internal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.signing.cms.MailRequest;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** One internal POST with octets in and out, for a mail address in the query. Octets that are worked on at once are bounded, so that large messages wait for each other; each Problem becomes a problem document. */
final class OctetsExchange {

    static final int LARGEST = 25 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(OctetsExchange.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KIB = 1024;
    private static final long MOST_DRAINED = 4L * LARGEST;
    private static final long PATIENCE_SECONDS = 10;
    private static final String RETRY_SECONDS = "2";

    /** In KiB: one of the largest, and small ones beside it. */
    private final Semaphore room = new Semaphore(LARGEST / KIB + 4 * KIB);

    /** Reads the request, has it answered, and writes the answer as {@code type}. */
    void serve(HttpExchange exchange, String type, Function<MailRequest, byte[]> work) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                refuse(exchange, 405, "method-not-allowed", "Only POST is served here.");
                return;
            }
            int size = size(exchange);
            int kib = size / KIB + 1;
            take(kib);
            try {
                send(exchange, 200, type, work.apply(new MailRequest(InternalListener.peer(exchange).value(), exchange.getRemoteAddress().getAddress().getHostAddress(),
                    address(exchange), body(exchange, size))));
            } finally {
                room.release(kib);
            }
        } catch (Problem e) {
            LOG.info("{} was refused: {}", exchange.getRequestURI().getPath(), e.getMessage());
            boolean ours = e.kind().httpStatus() == 500;
            refuse(exchange, e.kind().httpStatus(), (ours ? Kind.INTERNAL : e.kind()).name().toLowerCase(Locale.ROOT).replace('_', '-'), ours ? "Something went wrong here." : e.detail());
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", exchange.getRequestURI().getPath(), e);
            refuse(exchange, 500, "internal", "Something went wrong here.");
        }
    }

    private void take(int kib) {
        try {
            if (!room.tryAcquire(kib, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "Too many large messages are worked on now.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The service stops.", e);
        }
    }

    private static int size(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length == null || !length.matches("[0-9]{1,18}")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The header Content-Length is needed.");
        }
        if (Long.parseLong(length) > LARGEST) {
            drain(exchange);
            throw new Problem(Kind.TOO_LARGE, "The message is larger than " + LARGEST + " octets.");
        }
        return Integer.parseInt(length);
    }

    /** A peer that still sends would see its connection break, and not the answer. What is larger by far is not waited for. */
    private static void drain(HttpExchange exchange) {
        try {
            long left = MOST_DRAINED;
            byte[] part = new byte[64 * KIB];
            for (int read = exchange.getRequestBody().read(part); read >= 0 && left > 0; read = exchange.getRequestBody().read(part)) {
                left -= read;
            }
        } catch (IOException e) {
            LOG.debug("The peer went away", e);
        }
    }

    private static byte[] body(HttpExchange exchange, int size) {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] octets = body.readNBytes(size);
            if (octets.length != size || size == 0) {
                throw new Problem(Kind.MALFORMED_REQUEST, "The message is empty or cut off.");
            }
            return octets;
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The message is cut off.", e);
        }
    }

    private static String address(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        String name = "address=";
        if (query == null || !query.startsWith(name) || query.indexOf('&') >= 0 || query.length() > 1_000) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The query must be address=MAIL-ADDRESS, and nothing else.");
        }
        try {
            return URLDecoder.decode(query.substring(name.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The address in the query is not encoded as it must be.", e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String kind, String detail) throws IOException {
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        }
        send(exchange, status, "application/problem+json", JSON.writeValueAsBytes(Map.of("type", "/problems/" + kind, "title", kind.replace('-', ' '), "status", status, "detail", detail)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
