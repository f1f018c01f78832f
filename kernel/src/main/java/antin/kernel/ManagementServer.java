package antin.kernel;

import antin.kernel.internal.HttpServerLimits;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a process tells its operator, on loopback only: {@code /health} (it lives), {@code /ready} (it can serve, with each
 * part by name; 503 where one is away) and {@code /metrics} (Prometheus text format 0.0.4).
 */
public final class ManagementServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts to listen. {@code parts} are asked at each call of {@code /ready} and may throw where they are away. */
    public ManagementServer(int port, Map<String, BooleanSupplier> parts, Supplier<String> metrics) throws IOException {
        this(port, parts, Map.of(), metrics);
    }

    /** The same; {@code spares} are shown beside the parts, and none of them is needed to be ready. */
    public ManagementServer(int port, Map<String, BooleanSupplier> parts, Map<String, BooleanSupplier> spares, Supplier<String> metrics) throws IOException {
        HttpServerLimits.set();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 16);
        server.createContext("/health", exchange -> answer(exchange, "/health", 200, "application/json", "{\"status\":\"up\"}"));
        server.createContext("/ready", exchange -> ready(exchange, parts, spares));
        server.createContext("/metrics", exchange -> answer(exchange, "/metrics", 200, "text/plain; version=0.0.4", metrics.get()));
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void ready(HttpExchange exchange, Map<String, BooleanSupplier> parts, Map<String, BooleanSupplier> spares) throws IOException {
        StringBuilder json = new StringBuilder();
        boolean ready = show(parts, json);
        show(spares, json);
        answer(exchange, "/ready", ready ? 200 : 503, "application/json",
            "{\"status\":\"" + (ready ? "ready" : "waiting") + "\",\"parts\":{" + json + "}}");
    }

    /** Whether all are up. */
    private static boolean show(Map<String, BooleanSupplier> parts, StringBuilder json) {
        boolean all = true;
        for (Map.Entry<String, BooleanSupplier> part : parts.entrySet()) {
            boolean up = up(part.getValue());
            all &= up;
            json.append(json.isEmpty() ? "" : ",").append('"').append(part.getKey()).append("\":\"").append(up ? "up" : "away").append('"');
        }
        return all;
    }

    private static boolean up(BooleanSupplier part) {
        try {
            return part.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void answer(HttpExchange exchange, String path, int status, String type, String text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
