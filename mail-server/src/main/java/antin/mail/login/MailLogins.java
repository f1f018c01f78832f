package antin.mail.login;

import antin.mail.session.Access;
import java.util.Set;

/** Who may open a mailbox. Safe for use by many threads. */
public interface MailLogins {

    /**
     * Checks an app password or a token. A revoked one is refused at the next login.
     *
     * @param from the client's address, for throttling and the log
     * @throws antin.kernel.Problem {@code BAD_CREDENTIALS}, {@code LOCKED_OUT}, or {@code PEER_UNAVAILABLE} where nobody can say
     */
    Access open(Protocol protocol, Credentials credentials, String from);

    /** How a client may log in over this protocol, in the order in which it is told. */
    default Set<Mechanism> mechanisms(Protocol protocol) {
        return Set.of(Mechanism.PLAIN);
    }

    /** Whether the check answers, for the operator's figures; never throws. */
    boolean isAvailable();
}
