package antin.mail.login;

import antin.kernel.Problem.Kind;
import antin.mail.session.Access;
import antin.mail.session.OpenSessions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/** AUTH on the submission ports (RFC 4954), over TLS only. The session's user is the mailbox's primary address, however the name was typed. */
public final class SmtpAuth extends LineSasl<SMTPSession> implements CommandHandler<SMTPSession>, EhloExtension, MailParametersHook {

    /** The number of whoever logged in, who need not be the mailbox's owner. */
    public static final AttachmentKey<String> PERSON = AttachmentKey.of("antin.person", String.class);

    private static final AttachmentKey<Integer> WRONG = AttachmentKey.of("antin.wrong-logins", Integer.class);

    private final MailLogins logins;
    private final OpenSessions sessions;

    @Inject
    public SmtpAuth(MailLogins logins, OpenSessions sessions) {
        super(logins, Protocol.SMTP);
        this.logins = logins;
        this.sessions = sessions;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("AUTH");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (!session.isTLSStarted()) {
            return new SMTPResponse("530", "5.7.0 Must issue a STARTTLS command first"); // RFC 3207, 4
        }
        if (session.getUsername() != null) {
            return new SMTPResponse("503", "5.5.1 Already authenticated"); // RFC 4954, 4
        }
        String argument = request.getArgument();
        return argument == null || argument.isBlank() ? malformed() : begin(session, argument);
    }

    /** Without the old {@code AUTH=} form, which only clients of the last century want. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isTLSStarted() && session.getUsername() == null
            ? List.of("AUTH " + logins.mechanisms(Protocol.SMTP).stream().map(Mechanism::name).collect(Collectors.joining(" "))) : List.of();
    }

    @Override
    Response challenge(String base64) {
        return new SMTPResponse("334", base64);
    }

    @Override
    Response opened(SMTPSession session, Access access) {
        session.setUsername(Username.of(access.mailbox()));
        session.setAttachment(PERSON, access.person(), State.Connection);
        session.getAttachment(OpenSessions.CONNECTION, State.Connection)
            .ifPresent(channel -> sessions.begin(Protocol.SMTP.scope(), access, session.getRemoteAddress().getAddress().getHostAddress(), channel));
        return new SMTPResponse("235", "2.7.0 Authentication successful");
    }

    @Override
    Response wrong(SMTPSession session) {
        int wrong = session.getAttachment(WRONG, State.Connection).orElse(0) + 1;
        session.setAttachment(WRONG, wrong, State.Connection);
        SMTPResponse response = new SMTPResponse("535", "5.7.8 Authentication credentials invalid");
        response.setEndSession(wrong >= Attempts.WRONG_PER_CONNECTION);
        return response;
    }

    @Override
    Response failed(Kind kind) {
        return kind == Kind.PEER_UNAVAILABLE ? new SMTPResponse("454", "4.7.0 Temporary authentication failure") : new SMTPResponse("451", "4.3.0 Error in processing");
    }

    @Override
    Response malformed() {
        return new SMTPResponse("501", "5.5.2 Cannot read this authentication");
    }

    @Override
    Response cancelled() {
        return new SMTPResponse("501", "5.7.0 Authentication cancelled");
    }

    @Override
    Response unknownMechanism() {
        return new SMTPResponse("504", "5.5.4 Unrecognized authentication type");
    }

    /** {@code AUTH=} on MAIL says for whom a letter was submitted elsewhere; nobody else's word counts here (RFC 4954, 5). */
    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return HookResult.DECLINED;
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"AUTH"};
    }
}
