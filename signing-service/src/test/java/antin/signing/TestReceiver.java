package antin.signing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receives web hooks, and fails as often as it is told to: before it takes the event, or after, with a status or by hanging up. */
public final class TestReceiver implements AutoCloseable {

    /** What came, and how it was answered; 0 where the connection was closed. */
    public record Call(JsonNode event, String body, int status) {

        String id() {
            return event.get("id").asString();
        }

        boolean isTaken() {
            return status / 100 == 2;
        }
    }

    static final String SECRET = "a secret that both know";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    public final Queue<String> unsigned = new ConcurrentLinkedQueue<>();
    /** Of a hundred. */
    public volatile int failures;
    private final HttpServer server;

    TestReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/documents", this::receive);
        server.createContext("/slow", exchange -> {
            pause();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", this::receive);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Call> of(String batch) {
        return calls.stream().filter(call -> call.event.get("batch").asString().equals(batch)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String text = new String(body, StandardCharsets.UTF_8);
            if (!isSigned(exchange.getRequestHeaders().getFirst("Antin-Signature"), body)) {
                unsigned.add(text);
            }
            int dice = ThreadLocalRandom.current().nextInt(100);
            int status = dice >= failures ? 204 : dice % 4 == 0 ? 0 : dice % 4 == 1 ? 302 : 500 + dice % 4;
            calls.add(new Call(JSON.readTree(body), text, status));
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", url("/elsewhere"));
            }
            if (status != 0) {
                exchange.sendResponseHeaders(status, -1);
            }
        }
    }

    private static boolean isSigned(String header, byte[] body) {
        try {
            String time = header.replaceAll("^t=([0-9]+),v1=[0-9a-f]{64}$", "$1");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            byte[] said = HexFormat.of().parseHex(header.substring(header.indexOf("v1=") + 3));
            return Math.abs(System.currentTimeMillis() / 1_000 - Long.parseLong(time)) < 60 && MessageDigest.isEqual(mac.doFinal(body), said);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
