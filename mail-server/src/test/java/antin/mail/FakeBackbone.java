package antin.mail;

import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Plays backbone's contract of {@code POST /mail-logins} over real mutual TLS; backbone itself cannot be on James's class path. */
final class FakeBackbone implements AutoCloseable {

    record Question(String login, String scope, String address) {
    }

    private record Entry(String password, Set<String> scopes, String address, String person, String credential) {
    }

    private record Ended(String person, @Nullable String credential) {
    }

    private final HttpsServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Entry> accounts = new ConcurrentHashMap<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final List<Ended> ended = new CopyOnWriteArrayList<>();
    private final Map<String, String> readers = new ConcurrentHashMap<>();
    private final Map<String, Duration> slow = new ConcurrentHashMap<>();
    private volatile int outage;
    /** So many ended logins mail-server has taken: it asks for what comes after them. */
    private volatile int told;
    private volatile boolean silent;
    private volatile int asked;

    FakeBackbone(InternalIdentity identity) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        SSLContext tls = identity.serverContext(Set.of(new PeerName("antin:mail-server")));
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = tls.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/mail-logins", this::answer);
        server.createContext("/mail-logins/ended", this::ended);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-backbone");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    void allow(String login, String password, String address, String... scopes) {
        allowPerson(login, password, address, "100001", login, scopes);
    }

    void allowPerson(String login, String password, String address, String person, String credential, String... scopes) {
        accounts.put(login, new Entry(password, Set.of(scopes), address, person, credential));
    }

    /** Who logs in as {@code login} may open {@code mailbox}. */
    void delegate(String login, String mailbox) {
        readers.put(login, mailbox);
    }

    void end(String person, @Nullable String credential) {
        ended.add(new Ended(person, credential));
    }

    /** Over when this returns: mail-server was told, as backbone tells it. */
    void revoke(String login) throws InterruptedException {
        Entry gone = accounts.remove(login);
        if (gone != null) {
            end(gone.person(), gone.credential());
        }
        int all = ended.size();
        while (told < all) {
            Thread.sleep(10);
        }
    }

    /** Each answer about {@code login} takes so long. */
    void slow(String login, Duration time) {
        slow.put(login, time);
    }

    void quick(String login) {
        slow.remove(login);
    }

    /** Every answer is this status until {@link #recover}. */
    void fail(int status) {
        outage = status;
    }

    /** Nothing is told of what was ended, as by a process that hangs; or it is told again when this returns, and mail-server has heard it. */
    void silence(boolean now) throws InterruptedException {
        silent = now;
        int before = asked;
        while (!now && asked < before + 2) { // who asks again has read the answer before
            Thread.sleep(10);
        }
    }

    void recover() {
        outage = 0;
    }

    List<Question> questions() {
        return List.copyOf(questions);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode question = json.readTree(exchange.getRequestBody());
            questions.add(new Question(question.path("login").asText(), question.path("scope").asText(), question.path("address").asText()));
            Thread.sleep(slow.getOrDefault(question.path("login").asText(), Duration.ZERO));
            Entry entry = accounts.get(question.path("login").asText());
            String mailbox = question.path("mailbox").asText("");
            boolean right = entry != null && entry.password().equals(question.path("password").asText()) && entry.scopes().contains(question.path("scope").asText())
                && (mailbox.isEmpty() || mailbox.equals(readers.get(question.path("login").asText())));
            int status = outage != 0 ? outage : right ? 200 : 401;
            byte[] body = (status == 200 && entry != null ? json.writeValueAsString(Map.of("person", entry.person(), "address", mailbox.isEmpty() ? entry.address() : mailbox,
                "credential", entry.credential())) : "{\"type\":\"/problems/x\",\"status\":" + status + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            int after = query == null ? ended.size() : Integer.parseInt(query.replaceAll("after=([0-9]+)&wait=1", "$1"));
            told = after;
            asked++;
            for (int i = 0; i < 20 && query != null && (silent || after >= ended.size()); i++) {
                Thread.sleep(50);
            }
            if (silent) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            List<Ended> news = List.copyOf(ended.subList(Math.min(after, ended.size()), ended.size()));
            byte[] body = json.writeValueAsBytes(Map.of("last", after + news.size(), "ended", news));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
