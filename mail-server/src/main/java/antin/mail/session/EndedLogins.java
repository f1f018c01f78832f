package antin.mail.session;

import antin.kernel.Problem;
import antin.kernel.internal.PeerClient;
import antin.kernel.process.BackgroundThread;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks backbone every two seconds which logins were ended ({@code GET /mail-logins/ended?after=SEQ}), and ends their sessions here. */
public final class EndedLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndedLogins.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String PATH = "/mail-logins/ended";
    private static final long UNKNOWN = -1;

    private final PeerClient backbone;
    private final OpenSessions sessions;
    private final ObjectMapper json = new ObjectMapper();
    private final BackgroundThread thread = new BackgroundThread("ended-logins", this::run);
    private long last = UNKNOWN;
    private boolean silent;

    public EndedLogins(PeerClient backbone, OpenSessions sessions) {
        this.backbone = backbone;
        this.sessions = sessions;
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
            boolean more = false;
            try {
                more = ask();
                silent = false;
            } catch (Problem | IOException e) {
                if (!silent) {
                    LOG.warn("Backbone does not tell which logins were ended; asked again every {} s", EVERY.toSeconds(), e);
                }
                silent = true;
            }
            if (!more) {
                thread.rest(EVERY);
            }
        }
    }

    /** Whether more may wait. Without a number it is only learned where to go on: before, no session was open. */
    private boolean ask() throws IOException {
        HttpResponse<byte[]> answer = backbone.get(last == UNKNOWN ? PATH : PATH + "?after=" + last, PATIENCE);
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
        boolean more = last != UNKNOWN && reached > last;
        last = reached; // also backwards: then the database is an older one
        return more;
    }
}
