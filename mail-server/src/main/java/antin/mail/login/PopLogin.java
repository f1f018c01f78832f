package antin.mail.login;

import antin.kernel.Problem;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.Collection;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.pop3server.mailbox.MailboxAdapterFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;
import org.apache.james.protocols.pop3.POP3Session;
import org.apache.james.protocols.pop3.core.RsetCmdHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** PASS (RFC 1939), with the response codes of RFC 3206. Only over TLS. */
public final class PopLogin extends RsetCmdHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PopLogin.class);
    private static final Collection<String> COMMANDS = ImmutableSet.of("PASS");
    private static final AttachmentKey<Integer> WRONG = AttachmentKey.of("antin.wrong-logins", Integer.class);

    private final MailLogins logins;
    private final MailboxManager mailboxes;
    private final MailboxAdapterFactory adapters;

    @Inject
    public PopLogin(MailLogins logins, @Named("mailboxmanager") MailboxManager mailboxes, MailboxAdapterFactory adapters, MetricFactory metrics) {
        super(metrics);
        this.logins = logins;
        this.mailboxes = mailboxes;
        this.adapters = adapters;
    }

    @Override
    public Collection<String> getImplCommands() {
        return COMMANDS;
    }

    @Override
    public Response onCommand(POP3Session session, Request request) {
        String password = request.getArgument();
        if (session.getHandlerState() != POP3Session.AUTHENTICATION_USERSET || password == null || !session.isTLSStarted()) {
            session.setHandlerState(POP3Session.AUTHENTICATION_READY);
            return error("Give USER first, over TLS");
        }
        try {
            String address = logins.open(Protocol.POP3, session.getUsername().asString(), password,
                session.getRemoteAddress().getAddress().getHostAddress());
            return open(session, Username.of(address));
        } catch (Problem e) {
            session.setHandlerState(POP3Session.AUTHENTICATION_READY);
            return switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> wrong(session);
                default -> error("[SYS/TEMP] The login does not answer, try again later");
            };
        } catch (MailboxException | IOException | RuntimeException e) {
            LOG.error("The mailbox could not be opened", e);
            session.setHandlerState(POP3Session.AUTHENTICATION_READY);
            return error("[SYS/TEMP] The mailbox cannot be opened now");
        }
    }

    private Response open(POP3Session session, Username name) throws MailboxException, IOException {
        MailboxSession opened = mailboxes.authenticate(name).withoutDelegation();
        session.setUsername(name);
        session.stopDetectingCommandInjection();
        mailboxes.startProcessingRequest(opened);
        try {
            MailboxPath inbox = MailboxPath.inbox(opened);
            if (!Boolean.TRUE.equals(Mono.from(mailboxes.mailboxExists(inbox, opened)).block())) {
                mailboxes.createMailbox(inbox, opened);
            }
            session.setUserMailbox(adapters.create(mailboxes.getMailbox(inbox, opened), opened));
            stat(session);
        } finally {
            mailboxes.endProcessingRequest(opened);
        }
        session.setHandlerState(POP3Session.TRANSACTION);
        return new POP3Response(POP3Response.OK_RESPONSE, "Welcome");
    }

    private static Response wrong(POP3Session session) {
        int wrong = session.getAttachment(WRONG, State.Connection).orElse(0) + 1;
        session.setAttachment(WRONG, wrong, State.Connection);
        POP3Response response = error("[AUTH] Authentication failed");
        response.setEndSession(wrong >= Attempts.WRONG_PER_CONNECTION);
        return response;
    }

    private static POP3Response error(String text) {
        return new POP3Response(POP3Response.ERR_RESPONSE, text);
    }
}
