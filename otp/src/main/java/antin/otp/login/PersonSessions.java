package antin.otp.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** The places where a person is logged in. */
public final class PersonSessions {

    /** Who else keeps a person logged in, and ends that too: clients with tokens. */
    public interface Others {

        void end(String number);
    }

    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final Others others;

    public PersonSessions(FindByIndexNameSessionRepository<? extends Session> sessions, Others others) {
        this.sessions = sessions;
        this.others = others;
    }

    /** Ends them all, and what clients keep on the strength of one. */
    public void end(String number) {
        endBut(number, "");
        others.end(number);
    }

    /** Where somebody is logged in. @param handle names it on a page and opens nothing */
    public record Place(String handle, boolean isThis, String browser, String address, Instant begun, Instant lastUsed) {
    }

    /** The latest used first. @param present the id of the session that asks */
    public List<Place> list(String number, String present) {
        return sessions.findByPrincipalName(number).values().stream().filter(session -> !session.isExpired())
            .map(session -> new Place(handle(session.getId()), session.getId().equals(present), BrowserName.of(text(session, LoginSession.BROWSER)), text(session, LoginSession.ADDRESS),
                session.getCreationTime(), session.getLastAccessedTime()))
            .sorted(Comparator.comparing(Place::lastUsed).reversed()).toList();
    }

    /** Whether there was such a one of this person. */
    public boolean endOne(String number, String handle) {
        Optional<String> id = sessions.findByPrincipalName(number).keySet().stream().filter(known -> handle(known).equals(handle)).findFirst();
        id.ifPresent(sessions::deleteById);
        return id.isPresent();
    }

    private static String text(Session session, String attribute) {
        String text = session.getAttribute(attribute);
        return text == null ? "" : text;
    }

    private static String handle(String id) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Ends them all but one. @param kept the id of the session that stays */
    public void endBut(String number, String kept) {
        Set<String> ids = sessions.findByPrincipalName(number).keySet();
        ids.stream().filter(id -> !id.equals(kept)).forEach(sessions::deleteById);
    }
}
