package antin.otp.oidc;

import antin.otp.login.Outcomes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** An outbox of logout tokens: kept until the client has taken one, or has not for some hours. Sent over HTTPS to the address that an administrator registered, and to no other. */
public final class LogoutNotices implements AutoCloseable {

    private record Due(UUID id, String client, String person, String sid, int tries) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogoutNotices.class);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration FIRST_REST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_TRIES = 10; // the last one after about three hours
    private static final int AT_ONCE = 20;

    private final JdbcClient database;
    private final RegisteredClientRepository clients;
    private final JwtEncoder encoder;
    private final OidcSettings settings;
    private final HttpClient http;
    private final Outcomes outcomes;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "logout-notices");
        thread.setDaemon(true);
        return thread;
    });

    LogoutNotices(JdbcClient database, RegisteredClientRepository clients, JwtEncoder encoder, OidcSettings settings, HttpClient http, Outcomes outcomes, Clock clock) {
        this.database = database;
        this.clients = clients;
        this.encoder = encoder;
        this.settings = settings;
        this.http = http;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    LogoutNotices start() {
        var unused = timer.scheduleWithFixedDelay(this::sendQuietly, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
        return this;
    }

    void add(String client, String person, String sid) {
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("INSERT INTO logout_notice (id, client_id, person, sid, due, made) VALUES (?, ?, ?, ?, ?, ?)").params(UUID.randomUUID(), client, person, sid, now, now).update();
    }

    /** Sends what is due, once. */
    void send() {
        for (Due notice : take()) {
            RegisteredClient client = clients.findById(notice.client());
            String address = client == null ? "" : ClientRules.backChannelLogout(client).orElse("");
            boolean over = client == null || !address.startsWith("https://") || isTaken(address, token(client, notice)) || notice.tries() + 1 >= MOST_TRIES;
            if (over) {
                database.sql("DELETE FROM logout_notice WHERE id = ?").param(notice.id()).update();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Each is taken by one process, which has until the next try for it. */
    private List<Due> take() {
        Instant now = clock.instant();
        return database.sql("""
            UPDATE logout_notice SET tries = tries + 1, due = CAST(:now AS timestamptz) + :rest * power(2, tries) * interval '1 second'
            WHERE id IN (SELECT id FROM logout_notice WHERE due <= :now ORDER BY due LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING id, client_id, person, sid, tries - 1
            """).param("now", Timestamp.from(now)).param("rest", FIRST_REST.toSeconds()).param("most", AT_ONCE)
            .query((row, number) -> new Due(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4), row.getInt(5))).list();
    }

    private String token(RegisteredClient client, Due notice) {
        Instant now = Instant.now(clock);
        JwtClaimsSet claims = JwtClaimsSet.builder().issuer(settings.issuer()).audience(List.of(client.getClientId())).subject(notice.person()).issuedAt(now)
            .expiresAt(now.plusSeconds(120)).id(notice.id().toString()).claim("sid", notice.sid()).claim("events", new TreeMap<>(Map.of(EVENT, Map.of()))).build();
        return encoder.encode(JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.ES256).type("logout+jwt").build(), claims)).getTokenValue();
    }

    private boolean isTaken(String address, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + URLEncoder.encode(token, StandardCharsets.US_ASCII))).build();
        boolean taken = false;
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            taken = status == 200 || status == 204 || status == 400; // one that it refuses (2.8) it refuses again
        } catch (IOException e) {
            LOG.debug("A client could not be told of a logout; it is tried again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outcomes.tell("logout.told", taken ? "done" : "failed", "", address, Map.of());
        return taken;
    }

    private void sendQuietly() {
        try {
            send();
        } catch (RuntimeException e) {
            LOG.warn("Logouts could not be told to clients; it is tried again", e);
        }
    }
}
