package antin.ca.remote;

import antin.ca.remote.Messages.Refusal;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One question of the backbone's and its answer; what goes wrong becomes a problem document (RFC 9457) that shows nothing of the inside. */
record JsonEndpoint(String path, String method, Answering answering) implements InternalListener.Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(JsonEndpoint.class);
    private static final int LARGEST = 64 * 1024;
    private static final Set<PeerName> PEERS = Set.of(new PeerName("antin:backbone"));

    /** Bytes to send. */
    record Answer(String type, byte[] body) {

        static Answer json(Object content) {
            return new Answer("application/json", Messages.JSON.writeValueAsBytes(content));
        }
    }

    /** May throw {@link Problem}, or {@link JacksonException} for a body that cannot be read. */
    interface Answering {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    @Override
    public Set<PeerName> peers() {
        return PEERS;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            refuse(exchange, 405, "/problems/method-not-allowed", "Method not allowed", "Only " + method + " is served here.");
            return;
        }
        Answer answer;
        try {
            answer = answering.answer(exchange);
        } catch (Problem e) {
            refuse(exchange, e);
            return;
        } catch (JacksonException e) {
            refuse(exchange, new Problem(Kind.MALFORMED_REQUEST, "The body is not the JSON that is served here.", e));
            return;
        } catch (RuntimeException e) {
            refuse(exchange, new Problem(Kind.INTERNAL, "", e));
            return;
        }
        send(exchange, 200, answer);
    }

    /** The whole body, if it is of a reasonable size. */
    static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Problem(Kind.TOO_LARGE, "The body is larger than " + LARGEST + " bytes.");
            }
            return bytes;
        }
    }

    private static void refuse(HttpExchange exchange, Problem problem) throws IOException {
        int status = problem.kind().httpStatus();
        String detail = problem.detail();
        if (status == 500) {
            String incident = UUID.randomUUID().toString();
            LOG.error("Incident {}", incident, problem);
            detail = "Something is wrong here. The log has it under " + incident + ".";
        } else if (status == 503) {
            LOG.warn("A question cannot be answered now: {}", problem.detail());
            exchange.getResponseHeaders().set("Retry-After", "5");
        }
        Kind kind = status == 500 ? Kind.INTERNAL : problem.kind();
        refuse(exchange, status, Refusal.type(kind), title(kind), detail);
    }

    private static String title(Kind kind) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static void refuse(HttpExchange exchange, int status, String type, String title, String detail) throws IOException {
        send(exchange, status, new Answer("application/problem+json", Messages.JSON.writeValueAsBytes(new Refusal(type, title, status, detail))));
    }

    private static void send(HttpExchange exchange, int status, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, answer.body.length);
        exchange.getResponseBody().write(answer.body);
    }
}
