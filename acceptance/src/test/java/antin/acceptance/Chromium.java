package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A real browser without a window, spoken to in its own protocol (Chrome DevTools Protocol 1.3): it opens, types, clicks and reads as a person does. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");
    private static final Pattern TEXT = Pattern.compile("\"value\":\"([^\"]*)\"");
    private static final Pattern DATA = Pattern.compile("\"data\":\"([^\"]*)\"");
    private static final Pattern NODE = Pattern.compile("\"nodeId\":(\\d+)");

    private final Process process;
    private final WebSocket socket;
    private final String home;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

    private Chromium(Process process, String page, String home) throws Exception {
        this.process = process;
        this.home = home;
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(page), new Answers()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        tell("Page.enable", "");
        tell("DOM.enable", "");
    }

    /** Trusts the installation's root and nothing else that is not trusted anyway. Its profile stays below {@code target}: its helpers write there a moment longer than it lives. */
    static Chromium start(Antin antin) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "chromium-");
        Path profile = Files.createDirectories(folder.resolve("chromium"));
        List<String> command = new java.util.ArrayList<>(List.of("chromium", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--accept-lang=vi",
            "--remote-debugging-port=0", "--user-data-dir=" + profile));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // its sandbox refuses to be root's
        }
        command.add("about:blank");
        String trust = "sql:" + Files.createDirectories(folder.resolve(".pki/nssdb")); // where it looks for roots that its user trusts
        Tool.run("certutil", "-N", "--empty-password", "-d", trust).succeeds();
        Tool.run("certutil", "-A", "-d", trust, "-n", "root", "-t", "C,,", "-i", antin.root()).succeeds();
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("chromium.log").toFile());
            builder.environment().put("HOME", folder.toString());
            process = builder.start();
        } catch (IOException e) {
            return Assumptions.abort("chromium is not installed: " + e.getMessage());
        }
        Path ports = profile.resolve("DevToolsActivePort");
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(ports) || Files.readAllLines(ports).size() < 2) {
            assertThat(process.isAlive() && Instant.now().isBefore(end)).as(Files.readString(folder.resolve("chromium.log"))).isTrue();
            Thread.sleep(50);
        }
        String pages = Tool.run("curl", "-s", "http://127.0.0.1:" + Files.readAllLines(ports).getFirst() + "/json/list").succeeds().output();
        Matcher page = Pattern.compile("\"webSocketDebuggerUrl\": \"(ws://[^\"]+/page/[^\"]+)\"").matcher(pages);
        assertThat(page.find()).as(pages).isTrue();
        return new Chromium(process, page.group(1), "https://localhost:" + antin.port(8440));
    }

    /** Both steps. */
    void logIn(Antin antin, String address) throws Exception {
        open("/login");
        type("#login", address);
        type("#password", person(antin, address).password());
        pressEnter();
        enterCode(antin, address, "/account");
    }

    /** On pages that ask for one, until the page {@code next} is there; nothing where it is there already. */
    void enterCode(Antin antin, String address, String next) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60)); // this half minute's code may have been used
        while (!path().equals(next)) {
            assertThat(Instant.now()).as("a code is accepted within a minute").isBefore(end);
            type("#code", antin.code(person(antin, address)));
            pressEnter();
            if (!path().equals(next)) {
                Thread.sleep(Duration.ofSeconds(5));
            }
        }
    }

    private static Person person(Antin antin, String address) {
        return antin.people().stream().filter(member -> member.address().equals(address)).findFirst().orElseThrow();
    }

    void size(int width, int height, boolean phone) {
        tell("Emulation.setDeviceMetricsOverride", "\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":" + phone);
    }

    void open(String path) {
        andThen(() -> tell("Page.navigate", "\"url\":" + quoted(home + path)));
    }

    /** Where another process of the installation has pages. */
    void openAt(String address) {
        andThen(() -> tell("Page.navigate", "\"url\":" + quoted(address)));
    }

    /** Lets go of a file over the one that {@code selector} finds, as from a file browser. */
    void drop(String selector, Path file) {
        String[] at = value("(r => (r.x + r.width / 2) + ' ' + (r.y + r.height / 2))(document.querySelector(" + quoted(selector) + ").getBoundingClientRect())").split(" ", -1);
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            tell("Input.dispatchDragEvent", "\"type\":\"" + type + "\",\"x\":" + at[0] + ",\"y\":" + at[1] + ",\"data\":{\"items\":[],\"files\":[" + quoted(file.toString()) + "],\"dragOperationsMask\":1}");
        }
    }

    /** Where the page's own script changes it, until it shows that. */
    void waitFor(String text) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!text().contains(text)) {
            assertThat(Instant.now()).as(() -> text + " comes on: " + text()).isBefore(end);
            Thread.sleep(50);
        }
    }

    /** From now on files come there. */
    void downloadTo(Path folder) {
        tell("Page.setDownloadBehavior", "\"behavior\":\"allow\",\"downloadPath\":" + quoted(folder.toString()));
    }

    /** Clicks the one that {@code selector} finds, and waits for the page that it leads to. */
    void follow(String selector) {
        andThen(() -> evaluate("document.querySelector(" + quoted(selector) + ").click()"));
    }

    /** The link or button that says so. */
    void follow(String selector, String text) {
        andThen(() -> evaluate("[...document.querySelectorAll(" + quoted(selector) + ")].find(e => e.textContent.trim() === " + quoted(text) + ").click()"));
    }

    void click(String selector) {
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** In place of what the field holds. */
    void type(String selector, String text) {
        evaluate("(e => { e.focus(); e.select && e.select(); })(document.querySelector(" + quoted(selector) + "))");
        tell("Input.insertText", "\"text\":" + quoted(text));
    }

    /** A key as it is called, such as {@code Tab}; Enter sends the form that has the focus. */
    void press(String key, int code) {
        String text = key.equals("Enter") ? ",\"text\":\"\\r\"" : "";
        tell("Input.dispatchKeyEvent", "\"type\":\"keyDown\",\"key\":" + quoted(key) + ",\"code\":" + quoted(key) + ",\"windowsVirtualKeyCode\":" + code + text);
        tell("Input.dispatchKeyEvent", "\"type\":\"keyUp\",\"key\":" + quoted(key) + ",\"code\":" + quoted(key) + ",\"windowsVirtualKeyCode\":" + code);
    }

    void pressEnter() {
        andThen(() -> press("Enter", 13));
    }

    void attach(String selector, Path file) {
        String document = tell("DOM.getDocument", "\"depth\":0");
        String node = tell("DOM.querySelector", "\"nodeId\":" + found(NODE, document) + ",\"selector\":" + quoted(selector));
        tell("DOM.setFileInputFiles", "\"files\":[" + quoted(file.toString()) + "],\"nodeId\":" + found(NODE, node));
    }

    /** What the page shows; nothing while it is being loaded. */
    String text() {
        return value("document.body ? document.body.innerText : ''");
    }

    String path() {
        return value("location.pathname");
    }

    /** What an expression is, as text. */
    String value(String expression) {
        return URLDecoder.decode(found(TEXT, evaluate("encodeURIComponent(String(" + expression + "))")).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The whole page as PNG. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(found(DATA, tell("Page.captureScreenshot", "\"format\":\"png\",\"captureBeyondViewport\":true"))));
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Waits until another document is there and whole. */
    private void andThen(Runnable act) {
        evaluate("window.left = 'no'");
        act.run();
        Instant end = Instant.now().plus(PATIENCE);
        while (!state().equals("complete undefined")) {
            assertThat(Instant.now()).as("another page comes").isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String state() {
        Matcher state = TEXT.matcher(ask("Runtime.evaluate", "\"expression\":\"document.readyState + ' ' + window.left\""));
        return state.find() ? state.group(1) : ""; // between two documents there is none to ask
    }

    private String evaluate(String expression) {
        String answer = tell("Runtime.evaluate", "\"expression\":" + quoted(expression));
        assertThat(answer).as(expression).doesNotContain("\"exceptionDetails\"");
        return answer;
    }

    private String tell(String method, String parameters) {
        String answer = ask(method, parameters);
        assertThat(answer).as(method).doesNotContain("\"error\":{");
        return answer;
    }

    private String ask(String method, String parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + "}}", true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " is not answered", e);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    /** RFC 8259, 7; all but plain ASCII as an escape. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> quoted.append(unit < ' ' || unit > '~' || unit == '"' || unit == '\\' ? String.format("\\u%04x", unit) : Character.toString(unit)));
        return quoted.append('"').toString();
    }

    /** Puts messages together and hands answers to who asked; events are of no interest. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            message.append(data);
            if (isLast) {
                Matcher id = ID.matcher(message);
                if (id.find()) {
                    Objects.requireNonNull(asked.remove(Integer.valueOf(id.group(1))), "an answer nobody asked for").complete(message.toString());
                }
                message.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
