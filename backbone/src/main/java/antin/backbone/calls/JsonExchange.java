package antin.backbone.calls;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One internal POST with JSON in and out; every {@link Problem} becomes a problem document (RFC 9457). */
public final class JsonExchange {

    /** Throws {@link Problem} where it refuses. */
    public interface Work<Q> {
        Record answer(Q question);
    }

    record Refusal(String type, String title, int status, String detail) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(JsonExchange.class);
    private static final int LARGEST = 32 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private JsonExchange() {
    }

    public static <Q> void serve(HttpExchange exchange, Class<Q> type, Work<Q> work) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                send(exchange, 405, "application/problem+json", new Refusal("/problems/method-not-allowed", "Method not allowed", 405, "Only POST is served here."));
                return;
            }
            send(exchange, 200, "application/json", work.answer(read(exchange, type)));
        } catch (Problem e) {
            refuse(exchange, e.kind(), e.kind() == Kind.INTERNAL ? "Unexpected." : e.detail());
            if (e.kind() == Kind.INTERNAL || e.kind() == Kind.PEER_UNAVAILABLE) {
                LOG.warn("{} could not be answered", exchange.getRequestURI(), e);
            }
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", exchange.getRequestURI(), e);
            refuse(exchange, Kind.INTERNAL, "Unexpected.");
        }
    }

    /** {@code value} where it is there and not empty. */
    public static String needed(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The field " + name + " is missing.");
        }
        return value;
    }

    private static <Q> Q read(HttpExchange exchange, Class<Q> type) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Problem(Kind.TOO_LARGE, "The request is too long.");
            }
            @Nullable Q question = JSON.readValue(bytes, type);
            if (question == null) {
                throw new Problem(Kind.MALFORMED_REQUEST, "The request is empty.");
            }
            return question;
        } catch (JacksonException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The request is not the JSON that belongs here.", e);
        }
    }

    private static void refuse(HttpExchange exchange, Kind kind, String detail) throws IOException {
        int status = kind.httpStatus();
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "10");
        }
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        send(exchange, status, "application/problem+json", new Refusal("/problems/" + word, word.replace('-', ' '), status, detail));
    }

    private static void send(HttpExchange exchange, int status, String type, Record content) throws IOException {
        byte[] body = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
