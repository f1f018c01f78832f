package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.mail.login.Credentials.AppPassword;
import antin.mail.session.Access;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks backbone's internal port ({@code POST /mail-logins}) over mutual TLS. */
public final class BackboneLogins implements MailLogins, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    /** Each is a connection that stays. Enough that slow answers about some hold up nobody else; more would be handshakes at the very moment when everybody comes. */
    private static final int AT_ONCE = 64;
    private static final int LONGEST = 512; // characters of a name or password: longer ones are wrong without a question

    private final HttpClient client;
    private final URI address;
    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private volatile boolean answered = true;

    public BackboneLogins(URI base, InternalIdentity identity) {
        this.address = base.resolve("/mail-logins");
        this.client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone")))
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }

    @Override
    public Access open(Protocol protocol, Credentials credentials, String from) {
        if (!(credentials instanceof AppPassword password) || isTooLong(password)) {
            throw new Problem(Kind.BAD_CREDENTIALS, "Wrong name or password.");
        }
        Instant since = Instant.now();
        Map<String, String> question = new HashMap<>(Map.of("login", password.login(), "password", password.password(), "scope", protocol.scope(), "address", from));
        password.mailbox().ifPresent(mailbox -> question.put("mailbox", mailbox));
        HttpResponse<String> answer = ask(question);
        return switch (answer.statusCode()) {
            case 200 -> accepted(answer.body(), since);
            case 401 -> throw new Problem(Kind.BAD_CREDENTIALS, "Wrong name or password.");
            case 429 -> throw new Problem(Kind.LOCKED_OUT, "Too many tries. Wait a while.");
            default -> throw away(null);
        };
    }

    private static boolean isTooLong(AppPassword password) {
        return password.login().isBlank() || password.password().isEmpty() || password.login().length() > LONGEST || password.password().length() > LONGEST
            || password.mailbox().orElse("").length() > LONGEST;
    }

    @Override
    public boolean isAvailable() {
        return answered;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> ask(Map<String, String> question) {
        boolean entered = false;
        try {
            entered = room.tryAcquire(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (!entered) {
                throw away(null);
            }
            HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(question))).build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            answered = answer.statusCode() < 500;
            return answer;
        } catch (IOException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } finally {
            if (entered) {
                room.release();
            }
        }
    }

    /** An older backbone tells only the address. */
    private Access accepted(String body, Instant since) {
        try {
            JsonNode answer = json.readTree(body);
            String mailbox = Optional.ofNullable(answer.path("address").textValue()).filter(value -> value.contains("@")).orElseThrow(() -> away(null));
            return new Access(answer.path("person").asText(mailbox), mailbox, Optional.ofNullable(answer.path("credential").textValue()), since);
        } catch (JsonProcessingException e) {
            throw away(e);
        }
    }

    private Problem away(@Nullable Exception cause) {
        answered = false;
        return new Problem(Kind.PEER_UNAVAILABLE, "The login does not answer. Try again later.", cause);
    }
}
