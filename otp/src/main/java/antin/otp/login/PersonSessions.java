package antin.otp.login;

import java.util.Set;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** The places where a person is logged in. */
public final class PersonSessions {

    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    public PersonSessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Ends them all. */
    public void end(String number) {
        endBut(number, "");
    }

    /** Ends them all but one. @param kept the id of the session that stays */
    void endBut(String number, String kept) {
        Set<String> ids = sessions.findByPrincipalName(number).keySet();
        ids.stream().filter(id -> !id.equals(kept)).forEach(sessions::deleteById);
    }
}
