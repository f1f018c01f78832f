package antin.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A site over HTTPS with one page, whose script uses the library and sends what comes of it back. */
final class SecurePage implements AutoCloseable {

    private final HttpsServer server;
    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();

    /** {@code script} has the library as {@code bridge}; what it returns, or the error that it throws, is the result. */
    SecurePage(String script) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        String page = """
            <!doctype html><meta charset="utf-8"><title>page</title><script type="module">
            import * as bridge from "/token-bridge.js";
            const send = (result) => fetch("/result", { method: "POST", body: JSON.stringify(result) });
            try {
              await send(await (async () => { %s })());
            } catch (e) {
              await send({ error: { reason: e.reason ?? String(e), messages: e.messages } });
            }
            </script>""".formatted(script);
        server.createContext("/", exchange -> send(exchange, "text/html", page.getBytes(StandardCharsets.UTF_8)));
        server.createContext("/token-bridge.js", exchange -> send(exchange, "text/javascript", Files.readAllBytes(Path.of("library/token-bridge.js"))));
        server.createContext("/result", exchange -> {
            results.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            send(exchange, "text/plain", new byte[] {'.'});
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor()); // a browser opens connections ahead, and each would hold the only thread
        server.start();
    }

    String origin() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    String result() throws InterruptedException {
        String result = results.poll(90, TimeUnit.SECONDS);
        if (result == null) {
            throw new IllegalStateException("The page did not come to an end");
        }
        return result;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static SSLContext tls() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))), name, pair.getPublic()).build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("page", pair.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
