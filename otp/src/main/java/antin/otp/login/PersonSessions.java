package antin.otp.login;

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

    /** Ends them all but one. @param kept the id of the session that stays */
    void endBut(String number, String kept) {
        Set<String> ids = sessions.findByPrincipalName(number).keySet();
        ids.stream().filter(id -> !id.equals(kept)).forEach(sessions::deleteById);
    }
}
