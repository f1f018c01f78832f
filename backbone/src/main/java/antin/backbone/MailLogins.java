package antin.backbone;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import antin.otp.apppassword.AppScope;
import antin.otp.login.LogInToMail;
import antin.otp.login.MailAnswer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /mail-logins}: mail-server asks which mailbox an app password opens. */
final class MailLogins implements InternalListener.Endpoint {

    record Question(@Nullable String login, @Nullable String password, @Nullable String scope, @Nullable String address, @Nullable String mailbox) {

        boolean isComplete() {
            return login != null && password != null && scope != null && address != null;
        }
    }

    /** The owner's number, the mailbox to open, and the app password's id. */
    record Opened(String person, String address, String credential) {
    }

    record Refusal(String type, String title, int status) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(MailLogins.class);
    private static final int LARGEST = 8 * 1024;

    private final LogInToMail logInToMail;
    private final JsonMapper json = JsonMapper.builder().build();

    MailLogins(LogInToMail logInToMail) {
        this.logInToMail = logInToMail;
    }

    @Override
    public String path() {
        return "/mail-logins";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:mail-server"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            problem(exchange, 405, "method-not-allowed", "Only POST is served here.");
            return;
        }
        Optional<Question> question = read(exchange);
        Optional<AppScope> scope = question.map(Question::scope).flatMap(AppScope::of).filter(AppScope.MAIL::contains);
        if (question.filter(Question::isComplete).isEmpty() || scope.isEmpty()) {
            problem(exchange, 400, "malformed-request", "login, password, scope and address are needed.");
            return;
        }
        answer(exchange, question.get(), scope.get());
    }

    private void answer(HttpExchange exchange, Question question, AppScope scope) throws IOException {
        MailAnswer answer;
        try {
            answer = logInToMail.check(String.valueOf(question.login()), String.valueOf(question.password()), scope, Optional.ofNullable(question.mailbox()),
                String.valueOf(question.address()));
        } catch (RuntimeException e) { // whatever it is, it is not the mail program's fault: it may try again
            if (e instanceof Problem problem && problem.kind() == Kind.PEER_UNAVAILABLE) {
                LOG.warn("A mail login could not be answered: {}", problem.detail());
            } else {
                LOG.error("A mail login could not be answered", e);
            }
            exchange.getResponseHeaders().set("Retry-After", "30");
            problem(exchange, 503, "peer-unavailable", "The login cannot answer now.");
            return;
        }
        switch (answer) {
            case MailAnswer.Opened opened -> send(exchange, 200, "application/json",
                new Opened(opened.owner().number(), opened.mailbox(), opened.credential().toString()));
            case MailAnswer.Refused refused -> problem(exchange, 401, "bad-credentials", "The name or the password is wrong.");
            case MailAnswer.Throttled throttled -> {
                exchange.getResponseHeaders().set("Retry-After", Long.toString(throttled.rest().seconds()));
                problem(exchange, 429, "locked-out", "Too many tries.");
            }
        }
    }

    private Optional<Question> read(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST ? Optional.empty() : Optional.of(json.readValue(bytes, Question.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private void problem(HttpExchange exchange, int status, String type, String title) throws IOException {
        send(exchange, status, "application/problem+json", new Refusal("/problems/" + type, title, status));
    }

    private void send(HttpExchange exchange, int status, String type, Record content) throws IOException {
        byte[] body = json.writeValueAsBytes(content);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
