package antin.mail.login;

import antin.kernel.Problem;
import java.util.Objects;
import org.apache.james.core.Username;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse.Type;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What LOGIN and AUTHENTICATE share: the check, the opened session, the answers with the codes of RFC 5530. */
public final class ImapOpening {

    /** Makes sure that the inbox is there. */
    @FunctionalInterface
    interface Provisioning {
        void provision(ImapSession session, MailboxSession opened) throws MailboxException;
    }

    /** The attribute of a session under which the listener leaves the client's address. */
    public static final String CLIENT_ADDRESS = "antin.client-address";

    private static final Logger LOG = LoggerFactory.getLogger(ImapOpening.class);
    private static final String WRONG = "antin.wrong-logins";

    private final MailLogins logins;
    private final MailboxManager mailboxes;

    public ImapOpening(MailLogins logins, MailboxManager mailboxes) {
        this.logins = logins;
        this.mailboxes = mailboxes;
    }

    void open(ImapSession session, ImapRequest request, String login, String password, Responder responder, Provisioning provisioning) {
        try {
            String from = Objects.toString(session.getAttribute(CLIENT_ADDRESS), "");
            String address = logins.open(Protocol.IMAP, login, password, from);
            MailboxSession opened = mailboxes.authenticate(Username.of(address)).withoutDelegation();
            session.authenticated();
            session.setMailboxSession(opened);
            provisioning.provision(session, opened);
            session.stopDetectingCommandInjection();
            answer(Type.OK, request, "Logged in.", responder);
        } catch (Problem e) {
            switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> refuse(session, request, responder);
                case PEER_UNAVAILABLE -> answer(Type.NO, request, "[UNAVAILABLE] The login does not answer, try again later.", responder);
                default -> answer(Type.NO, request, "[SERVERBUG] Error in processing.", responder);
            }
        } catch (MailboxException | RuntimeException e) {
            LOG.error("The mailbox could not be opened", e);
            answer(Type.NO, request, "[UNAVAILABLE] The mailbox cannot be opened now.", responder);
        }
    }

    void refuse(ImapSession session, ImapRequest request, Responder responder) {
        int wrong = session.getAttribute(WRONG) instanceof Integer before ? before + 1 : 1;
        session.setAttribute(WRONG, wrong);
        answer(Type.NO, request, "[AUTHENTICATIONFAILED] Wrong name or password.", responder);
        if (wrong >= Attempts.WRONG_PER_CONNECTION) {
            responder.respond(new ImmutableStatusResponse(Type.BYE, null, null, text("Too many wrong logins."), null));
            responder.flush();
            session.logout().block();
        }
    }

    /** James would put the command's name before the code, where no client finds it: so the answer names no command. */
    private static void answer(Type type, ImapRequest request, String text, Responder responder) {
        responder.respond(new ImmutableStatusResponse(type, request.getTag(), null, text(text), null));
    }

    private static HumanReadableText text(String text) {
        return new HumanReadableText("antin.login", text);
    }
}
