package antin.mail.session;

import antin.kernel.Problem;
import antin.kernel.internal.PeerClient;
import antin.kernel.process.BackgroundThread;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks backbone without pause which logins were ended ({@code GET /mail-logins/ended?after=SEQ&wait=SECONDS}, answered as soon as there is one), and ends their sessions here. */
public final class EndedLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndedLogins.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** Short, so that backbone's stop need not wait for it. */
    private static final int WAIT = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String PATH = "/mail-logins/ended";
    private static final long UNKNOWN = -1;

    private final PeerClient backbone;
    private final OpenSessions sessions;
    private final EndedRecently ended;
    private final ObjectMapper json = new ObjectMapper();
    private final BackgroundThread thread = new BackgroundThread("ended-logins", this::run);
    private long last = UNKNOWN;
    private boolean silent;

    public EndedLogins(PeerClient backbone, OpenSessions sessions, EndedRecently ended) {
        this.backbone = backbone;
        this.sessions = sessions;
        this.ended = ended;
    }

    public EndedLogins start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
        backbone.close();
    }

    private void run() {
        while (!thread.isClosed()) {
            try {
                boolean heard = ask();
                ended.hears(heard ? Instant.now() : Instant.EPOCH);
                silent = false;
                if (heard) {
                    continue; // backbone has waited already
                }
            } catch (Problem | IOException e) {
                ended.hears(Instant.EPOCH);
                if (!silent && !thread.isClosed()) {
                    LOG.warn("Backbone does not tell which logins were ended; asked again every {} s", AGAIN.toSeconds(), e);
                }
                silent = true;
            }
            thread.rest(AGAIN);
        }
    }

    /** Whether backbone tells. Without a number it is only learned where to go on: before, no session was open. */
    private boolean ask() throws IOException {
        HttpResponse<byte[]> answer = backbone.get(last == UNKNOWN ? PATH : PATH + "?after=" + last + "&wait=" + WAIT, PATIENCE);
        if (answer.statusCode() == 404) { // an older backbone, which ends none
            return false;
        }
        if (answer.statusCode() != 200) {
            throw new IOException("Backbone answers " + answer.statusCode());
        }
        JsonNode body = json.readTree(answer.body());
        long reached = body.path("last").asLong(UNKNOWN);
        if (reached < 0) {
            throw new IOException("Backbone's answer has no number.");
        }
        for (JsonNode one : body.path("ended")) {
            String person = one.path("person").asText();
            if (!person.isEmpty()) {
                sessions.end(person, Optional.ofNullable(one.path("credential").textValue()));
            }
        }
        last = reached; // also backwards: then the database is an older one
        return true;
    }
}
