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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain HTTP: who reads status has no trust in our TLS yet, and every answer that matters is signed (RFC 5280, 8; RFC 6960, 4.1). */
public final class StatusListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusListener.class);
    /** No request of ours is longer. */
    static final int LARGEST_BODY = 8 * 1024;
    private static final int WAITING = 256;
    private static final int STOP_SECONDS = 1;

    private final HttpServer server;
    private final StatusRequests requests;
    private final RecentRequests recent;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final Map<Counted, Timer> timers = new ConcurrentHashMap<>();
    private final HttpDates dates = new HttpDates();
    private final RateLimit ocspLimit;
    private final RateLimit tsaLimit;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** How many requests an address may send a second; zero is no limit. */
    public record Limits(int ocsp, int timeStamps) {
    }

    /** One of few: kinds and outcomes are words of ours. */
    private record Counted(String kind, String outcome) {
    }

    private StatusListener(HttpServer server, StatusRequests requests, Limits limits, RecentRequests recent, MeterRegistry metrics, Clock clock) {
        this.ocspLimit = new RateLimit(limits.ocsp);
        this.tsaLimit = new RateLimit(limits.timeStamps);
        this.server = server;
        this.requests = requests;
        this.recent = recent;
        this.clock = clock;
        this.metrics = metrics;
    }

    public static StatusListener start(InetSocketAddress address, StatusRequests requests, Limits limits, RecentRequests recent, MeterRegistry metrics, Clock clock) throws IOException {
        HttpServerLimits.set();
        HttpServer server = HttpServer.create(address, WAITING);
        StatusListener listener = new StatusListener(server, requests, limits, recent, metrics, clock);
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
            timers.computeIfAbsent(new Counted(reply.kind(), reply.outcome()), this::timer).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            recent.count(reply.kind(), reply.outcome());
            send(exchange, reply);
        }
    }

    private Timer timer(Counted counted) {
        return Timer.builder("antin.status.requests").tag("kind", counted.kind).tag("outcome", counted.outcome).register(metrics);
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
            if (!isAllowed(exchange, path)) {
                return Reply.problem(429, path.startsWith(StatusRequests.OCSP) ? "ocsp" : "tsa", "Too many requests");
            }
            boolean post = exchange.getRequestMethod().equals("POST");
            byte[] body = post ? body(exchange) : new byte[0];
            if (body.length > LARGEST_BODY) {
                return Reply.problem(413, "other", "Too large");
            }
            return requests.answer(new Question(exchange.getRequestMethod(), path,
                post ? type(exchange.getRequestHeaders()) : "", body, exchange.getRemoteAddress().getAddress().getHostAddress(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")).orElse("")));
        } catch (RuntimeException e) {
            LOG.error("A status request could not be answered", e);
            return Reply.problem(500, "other", "Internal error");
        }
    }

    private boolean isAllowed(HttpExchange exchange, String path) {
        InetAddress from = exchange.getRemoteAddress().getAddress();
        return path.startsWith(StatusRequests.OCSP) ? ocspLimit.allows(from) : !path.startsWith(StatusRequests.TSA) || tsaLimit.allows(from);
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
            case 429 -> headers.set("Retry-After", "1");
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
        headers.set("Last-Modified", dates.write(keeping.modified()));
        headers.set("Expires", dates.write(clock.instant().plusSeconds(keeping.seconds())));
    }
}
