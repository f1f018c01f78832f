package antin.backbone.status;

import antin.backbone.status.StatusRequests.Keeping;
import antin.backbone.status.StatusRequests.Question;
import antin.backbone.status.StatusRequests.Reply;
import antin.kernel.internal.HttpServerLimits;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain HTTP: who reads status has no trust in our TLS yet, and every answer that matters is signed (RFC 5280, 8; RFC 6960, 4.1). */
public final class StatusListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusListener.class);
    /** No request of ours is longer. */
    static final int LARGEST_BODY = 8 * 1024;
    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int WAITING = 256;
    private static final int STOP_SECONDS = 1;

    private final HttpServer server;
    private final StatusRequests requests;
    private final RecentRequests recent;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private StatusListener(HttpServer server, StatusRequests requests, RecentRequests recent, MeterRegistry metrics, Clock clock) {
        this.server = server;
        this.requests = requests;
        this.recent = recent;
        this.clock = clock;
        this.metrics = metrics;
    }

    public static StatusListener start(InetSocketAddress address, StatusRequests requests, RecentRequests recent, MeterRegistry metrics, Clock clock) throws IOException {
        HttpServerLimits.set();
        HttpServer server = HttpServer.create(address, WAITING);
        StatusListener listener = new StatusListener(server, requests, recent, metrics, clock);
        server.createContext("/", listener::serve);
        server.setExecutor(listener.threads);
        server.start();
        return listener;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdown();
    }

    private void serve(HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        try (exchange) {
            Reply reply = reply(exchange);
            Timer.builder("antin.status.requests").tag("kind", reply.kind()).tag("outcome", reply.outcome()).register(metrics)
                .record(Duration.ofNanos(System.nanoTime() - begun));
            recent.count(reply.kind(), reply.outcome());
            send(exchange, reply);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            boolean post = exchange.getRequestMethod().equals("POST");
            byte[] body = post ? body(exchange) : new byte[0];
            if (body.length > LARGEST_BODY) {
                return Reply.problem(413, "other", "Too large");
            }
            return requests.answer(new Question(exchange.getRequestMethod(), Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse(""),
                type(exchange.getRequestHeaders()), body, exchange.getRemoteAddress().getAddress().getHostAddress(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")).orElse("")));
        } catch (RuntimeException e) {
            LOG.error("A status request could not be answered", e);
            return Reply.problem(500, "other", "Internal error");
        }
    }

    /** Stops reading one octet after the limit, and does not begin where the sender announces more. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        String announced = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length")).orElse("0");
        if (announced.length() > 4 && !announced.matches("0*[0-9]{1,4}")) {
            return new byte[LARGEST_BODY + 1];
        }
        try (InputStream body = exchange.getRequestBody()) {
            return body.readNBytes(LARGEST_BODY + 1);
        }
    }

    private static String type(Headers headers) {
        String type = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.type());
        headers.set("X-Content-Type-Options", "nosniff");
        reply.keeping().ifPresentOrElse(keeping -> keep(headers, keeping), () -> headers.set("Cache-Control", "no-store"));
        switch (reply.status()) {
            case 405 -> headers.set("Allow", StatusRequests.methods(Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("")));
            case 413 -> headers.set("Connection", "close");
            case 503 -> headers.set("Retry-After", "10");
            default -> { }
        }
        if (reply.status() == 304) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(reply.body().length));
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    /** RFC 5019, 6.2. */
    private void keep(Headers headers, Keeping keeping) {
        if (keeping.tag().isEmpty()) {
            headers.set("Cache-Control", "public, max-age=" + keeping.seconds());
            return;
        }
        headers.set("Cache-Control", "max-age=" + keeping.seconds() + ", public, no-transform, must-revalidate");
        headers.set("ETag", keeping.tag());
        headers.set("Last-Modified", DATE.format(keeping.modified()));
        headers.set("Expires", DATE.format(clock.instant().plusSeconds(keeping.seconds())));
    }
}
