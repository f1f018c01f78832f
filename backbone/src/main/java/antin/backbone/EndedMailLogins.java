package antin.backbone;

import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import antin.otp.apppassword.EndedLogins;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /mail-logins/ended?after=SEQ}: mail-server asks which logins are over since, to close their connections. Without {@code after} it only learns
 * where to go on. An answer whose {@code last} is below {@code after} comes from an older database: start there.
 */
final class EndedMailLogins implements InternalListener.Endpoint {

    record Ended(String person, @Nullable String credential) {
    }

    record Answer(long last, List<Ended> ended) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(EndedMailLogins.class);
    private static final Pattern AFTER = Pattern.compile("after=([0-9]{1,18})");

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
            body = json.writeValueAsBytes(answer(query == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after.group(1)))));
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

    private Answer answer(OptionalLong after) {
        List<EndedLogins.Ended> ended = after.isPresent() ? logins.after(after.getAsLong()) : List.of();
        long last = ended.isEmpty() ? logins.last() : ended.getLast().sequence();
        return new Answer(last, ended.stream().map(login -> new Ended(login.person(), login.credential() == null ? null : login.credential().toString())).toList());
    }
}
