package antin.backbone;

import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import antin.otp.apppassword.EndedLogins;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /mail-logins/ended?after=SEQ&wait=SECONDS}: mail-server asks which logins are over since, to close their connections, and is answered as soon as one is, or after
 * the wait. Without {@code after} it only learns where to go on. An answer whose {@code last} is below {@code after} comes from an older database: start there.
 */
final class EndedMailLogins implements InternalListener.Endpoint {

    record Ended(String person, @Nullable String credential) {
    }

    record Answer(long last, List<Ended> ended) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(EndedMailLogins.class);
    private static final Pattern AFTER = Pattern.compile("after=([0-9]{1,18})(?:&wait=([0-9]))?");

    private final EndedLogins logins;
    private final JsonMapper json = JsonMapper.builder().build();

    EndedMailLogins(EndedLogins logins) {
        this.logins = logins;
    }

    @Override
    public String path() {
        return "/mail-logins/ended";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:mail-server"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher after = AFTER.matcher(query == null ? "" : query);
        if (!exchange.getRequestMethod().equals("GET") || query != null && !after.matches()) {
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 400 : 405, -1);
            return;
        }
        byte[] body;
        try {
            body = json.writeValueAsBytes(query == null ? new Answer(logins.last(), List.of()) : answer(Long.parseLong(after.group(1)), wait(after.group(2))));
        } catch (RuntimeException e) {
            LOG.warn("Ended logins could not be told", e);
            exchange.getResponseHeaders().set("Retry-After", "10");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer answer(long after, Duration wait) {
        List<EndedLogins.Ended> ended = logins.after(after, wait);
        long last = ended.isEmpty() ? logins.last() : ended.getLast().sequence();
        return new Answer(last, ended.stream().map(login -> new Ended(login.person(), login.credential() == null ? null : login.credential().toString())).toList());
    }

    private static Duration wait(@Nullable String seconds) {
        return seconds == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(seconds));
    }
}
