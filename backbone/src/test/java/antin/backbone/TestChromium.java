package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser without a window, with an authenticator of its own (Chrome DevTools Protocol, domain WebAuthn), which trusts the test's root. */
final class TestChromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final WebSocket socket;
    private final TestBackbone backbone;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

    private TestChromium(Process process, String page, TestBackbone backbone) throws Exception {
        this.process = process;
        this.backbone = backbone;
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(page), new Answers()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        tell("Page.enable", Map.of());
    }

    static TestChromium start(TestBackbone backbone) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "chromium-");
        Path profile = Files.createDirectories(folder.resolve("chromium"));
        List<String> command = new ArrayList<>(List.of("chromium", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--accept-lang=vi",
            "--remote-debugging-port=0", "--user-data-dir=" + profile));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // its sandbox refuses to be root's
        }
        command.add("about:blank");
        Process process;
        try {
            String trust = "sql:" + Files.createDirectories(folder.resolve(".pki/nssdb")); // where it looks for roots that its user trusts
            run("certutil", "-N", "--empty-password", "-d", trust);
            run("certutil", "-A", "-d", trust, "-n", "root", "-t", "C,,", "-i", backbone.home.resolve("tls/root.pem").toString());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("chromium.log").toFile());
            builder.environment().put("HOME", folder.toString());
            process = builder.start();
        } catch (IOException e) {
            return Assumptions.abort("chromium and certutil are not installed: " + e.getMessage());
        }
        Path ports = profile.resolve("DevToolsActivePort");
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(ports) || Files.readAllLines(ports).size() < 2) {
            assertThat(process.isAlive() && Instant.now().isBefore(end)).as(Files.readString(folder.resolve("chromium.log"))).isTrue();
            Thread.sleep(50);
        }
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(ports).getFirst() + "/json/list");
        Matcher page = Pattern.compile("\"(ws://[^\"]+/page/[^\"]+)\"").matcher(HttpClient.newHttpClient().send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body());
        assertThat(page.find()).isTrue();
        return new TestChromium(process, page.group(1), backbone);
    }

    /** A key as a phone or laptop has it, whose user is always there and verified. */
    String authenticator() {
        tell("WebAuthn.enable", Map.of());
        return tell("WebAuthn.addVirtualAuthenticator", Map.of("options", Map.of("protocol", "ctap2", "transport", "internal", "hasResidentKey", true, "hasUserVerification", true,
            "isUserVerified", true, "automaticPresenceSimulation", true))).path("authenticatorId").asString();
    }

    JsonNode tell(String method, Map<String, ?> parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            JsonNode message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(message.has("error")).as(method + message).isFalse();
            return message.path("result");
        } catch (Exception e) {
            throw new AssertionError(method + " is not answered", e);
        }
    }

    String value(String expression) {
        JsonNode result = tell("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true));
        assertThat(result.has("exceptionDetails")).as(expression + result).isFalse();
        return result.path("result").path("value").asString("");
    }

    void open(String path) {
        andThen(() -> tell("Page.navigate", Map.of("url", backbone.url() + path)));
    }

    /** Clicks, and waits for the page that it leads to. */
    void follow(String selector) {
        andThen(() -> value("document.querySelector(" + JSON.writeValueAsString(selector) + ").click()"));
    }

    void type(String selector, String text) {
        value("document.querySelector(" + JSON.writeValueAsString(selector) + ").value = " + JSON.writeValueAsString(text));
    }

    String text() {
        return value("document.body ? document.body.innerText : ''");
    }

    String path() {
        return value("location.pathname + location.search");
    }

    void size(int width, int height) {
        tell("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(tell("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)).path("data").asString()));
    }

    private void andThen(Runnable act) {
        value("window.left = 'no'");
        act.run();
        Instant end = Instant.now().plus(PATIENCE);
        while (!state().equals("complete undefined")) {
            assertThat(Instant.now()).as("another page comes after " + path()).isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String state() {
        try {
            return value("document.readyState + ' ' + window.left");
        } catch (AssertionError between) {
            return ""; // two documents, and neither there to ask
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }

    /** Hands answers to who asked; events are of no interest. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            message.append(data);
            if (isLast) {
                JsonNode whole = JSON.readTree(message.toString());
                if (whole.has("id")) {
                    Objects.requireNonNull(asked.remove(whole.path("id").asInt()), "an answer nobody asked for").complete(whole);
                }
                message.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
