package antin.mail.login;

import antin.kernel.Problem;
import antin.mail.session.Access;
import antin.mail.session.OpenSessions;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
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

    /** And its connection. */
    public static final String CONNECTION = "antin.connection";

    private static final Logger LOG = LoggerFactory.getLogger(ImapOpening.class);
    private static final String WRONG = "antin.wrong-logins";

    private final MailLogins logins;
    private final MailboxManager mailboxes;
    private final OpenSessions sessions;

    public ImapOpening(MailLogins logins, MailboxManager mailboxes, OpenSessions sessions) {
        this.logins = logins;
        this.mailboxes = mailboxes;
        this.sessions = sessions;
    }

    /** @param refused what to do with wrong credentials */
    void open(ImapSession session, ImapRequest request, Credentials credentials, Responder responder, Provisioning provisioning, Runnable refused) {
        try {
            String from = Objects.toString(session.getAttribute(CLIENT_ADDRESS), "");
            Access access = logins.open(Protocol.IMAP, credentials, from);
            MailboxSession opened = mailboxes.authenticate(Username.of(access.mailbox())).withoutDelegation();
            session.authenticated();
            session.setMailboxSession(opened);
            provisioning.provision(session, opened);
            session.stopDetectingCommandInjection();
            answer(Type.OK, request, "Logged in.", responder);
            if (session.getAttribute(CONNECTION) instanceof Channel channel) {
                sessions.begin(Protocol.IMAP.scope(), access, from, channel);
            }
        } catch (Problem e) {
            switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> refused.run();
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
            if (session.getAttribute(CONNECTION) instanceof Channel channel) { // James closes after commands, but not after an answer to a challenge
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    void bad(ImapRequest request, String text, Responder responder) {
        answer(Type.BAD, request, text, responder);
    }

    /** James would put the command's name before the code, where no client finds it: so the answer names no command. */
    private static void answer(Type type, ImapRequest request, String text, Responder responder) {
        responder.respond(new ImmutableStatusResponse(type, request.getTag(), null, text(text), null));
    }

    private static HumanReadableText text(String text) {
        return new HumanReadableText("antin.login", text);
    }
}
