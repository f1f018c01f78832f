package antin.backbone;

import antin.kernel.internal.HttpServerLimits;
import antin.kernel.tls.TlsIdentity;
import antin.server.HttpsSettings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** On the public port while the pages cannot start: whoever comes is told so in a sentence (503), in both languages, since nothing of whoever it is is known. */
final class WaitingPages implements AutoCloseable {

    private static final String RETRY_SECONDS = "10";
    private static final List<Locale> LANGUAGES = List.of(Locale.forLanguageTag("vi"), Locale.ENGLISH);

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WaitingPages(HttpsServer server) {
        this.server = server;
    }

    static WaitingPages start(HttpsSettings settings) throws IOException {
        HttpServerLimits.set();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(settings.listen(), settings.port()), 64);
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(TlsIdentity.read(settings.keyFile(), settings.chainFile()).keyManagers(), null, null);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        WaitingPages pages = new WaitingPages(server);
        server.createContext("/", WaitingPages::answer);
        server.setExecutor(pages.threads);
        server.start();
        return pages;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean reads = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse("").contains("text/html");
            byte[] body = (reads ? page() : "{\"type\":\"/problems/peer-unavailable\",\"status\":503,\"title\":\"" + text("title", Locale.ENGLISH) + "\",\"detail\":\""
                + text("text", Locale.ENGLISH) + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reads ? "text/html; charset=utf-8" : "application/problem+json");
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Connection", "close"); // the next one may be the pages' own
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(503, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static String page() {
        return LANGUAGES.stream().map(language -> "<section lang=\"" + language + "\"><h1>" + text("title", language) + "</h1><p>" + text("text", language) + "</p></section>")
            .collect(Collectors.joining("", "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + text("title", LANGUAGES.getFirst()) + "</title></head><body><main>", "</main></body></html>"));
    }

    private static String text(String what, Locale language) {
        // The bundle without a language is Vietnamese, and this machine's own language is nobody's
        ResourceBundle.Control exact = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return ResourceBundle.getBundle("antin/web/messages", language, exact).getString("problem.503." + what);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
