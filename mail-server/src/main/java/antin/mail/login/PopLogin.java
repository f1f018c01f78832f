package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.mail.login.Credentials.AppPassword;
import antin.mail.session.Access;
import antin.mail.session.OpenSessions;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.apache.james.protocols.pop3.core.CapaCapability;
import org.apache.james.protocols.pop3.core.RsetCmdHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** PASS (RFC 1939) and AUTH (RFC 5034), with the response codes of RFC 3206. Only over TLS. */
public final class PopLogin extends RsetCmdHandler implements CapaCapability {

    private static final Logger LOG = LoggerFactory.getLogger(PopLogin.class);
    private static final Collection<String> COMMANDS = ImmutableSet.of("PASS", "AUTH");
    private static final AttachmentKey<Integer> WRONG = AttachmentKey.of("antin.wrong-logins", Integer.class);

    private final MailLogins logins;
    private final MailboxManager mailboxes;
    private final MailboxAdapterFactory adapters;
    private final OpenSessions sessions;
    private final Sasl sasl;

    @Inject
    public PopLogin(MailLogins logins, @Named("mailboxmanager") MailboxManager mailboxes, MailboxAdapterFactory adapters, OpenSessions sessions, MetricFactory metrics) {
        super(metrics);
        this.logins = logins;
        this.mailboxes = mailboxes;
        this.adapters = adapters;
        this.sessions = sessions;
        this.sasl = new Sasl(logins);
    }

    @Override
    public Collection<String> getImplCommands() {
        return COMMANDS;
    }

    @Override
    public Set<String> getImplementedCapabilities(POP3Session session) {
        return session.isTLSStarted() ? Set.of("RESP-CODES", "AUTH-RESP-CODE", "SASL " + mechanisms()) : Set.of();
    }

    @Override
    public Response onCommand(POP3Session session, Request request) {
        return request.getCommand().equals("AUTH") ? auth(session, request.getArgument()) : pass(session, request.getArgument());
    }

    private Response auth(POP3Session session, String argument) {
        if (session.getHandlerState() == POP3Session.TRANSACTION) {
            return error("Already authenticated");
        }
        if (!session.isTLSStarted()) {
            return error("Use STLS first");
        }
        session.setHandlerState(POP3Session.AUTHENTICATION_READY);
        if (argument == null || argument.isBlank()) { // an old way to ask for the list
            POP3Response list = new POP3Response(POP3Response.OK_RESPONSE, "Mechanisms follow");
            logins.mechanisms(Protocol.POP3).forEach(mechanism -> list.appendLine(mechanism.name()));
            list.appendLine(".");
            return list;
        }
        return sasl.begin(session, argument);
    }

    private Response pass(POP3Session session, String password) {
        if (session.getHandlerState() != POP3Session.AUTHENTICATION_USERSET || password == null || !session.isTLSStarted()) {
            session.setHandlerState(POP3Session.AUTHENTICATION_READY);
            return error("Give USER first, over TLS");
        }
        session.setHandlerState(POP3Session.AUTHENTICATION_READY);
        try {
            return open(session, logins.open(Protocol.POP3, new AppPassword(session.getUsername().asString(), password), address(session)));
        } catch (Problem e) {
            return switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> wrong(session);
                default -> error("[SYS/TEMP] The login does not answer, try again later");
            };
        }
    }

    private Response open(POP3Session session, Access access) {
        try {
            Username name = Username.of(access.mailbox());
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
            session.getAttachment(OpenSessions.CONNECTION, State.Connection)
                .ifPresent(channel -> sessions.begin(Protocol.POP3.scope(), access, address(session), channel));
            return new POP3Response(POP3Response.OK_RESPONSE, "Welcome");
        } catch (MailboxException | RuntimeException e) {
            LOG.error("The mailbox could not be opened", e);
            session.setHandlerState(POP3Session.AUTHENTICATION_READY);
            return error("[SYS/TEMP] The mailbox cannot be opened now");
        }
    }

    private String mechanisms() {
        return logins.mechanisms(Protocol.POP3).stream().map(Mechanism::name).collect(Collectors.joining(" "));
    }

    private static String address(POP3Session session) {
        return session.getRemoteAddress().getAddress().getHostAddress();
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

    private final class Sasl extends LineSasl<POP3Session> {

        Sasl(MailLogins logins) {
            super(logins, Protocol.POP3);
        }

        @Override
        Response challenge(String base64) {
            return new POP3Response("+", base64);
        }

        @Override
        Response opened(POP3Session session, Access access) {
            return open(session, access);
        }

        @Override
        Response wrong(POP3Session session) {
            return PopLogin.wrong(session);
        }

        @Override
        Response failed(Kind kind) {
            return error("[SYS/TEMP] The login does not answer, try again later");
        }

        @Override
        Response malformed() {
            return error("Cannot read this authentication");
        }

        @Override
        Response cancelled() {
            return error("Authentication cancelled");
        }

        @Override
        Response unknownMechanism() {
            return error("Unknown authentication mechanism");
        }
    }
}
