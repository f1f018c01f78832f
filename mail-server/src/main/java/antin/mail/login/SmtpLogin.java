package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;

/** AUTH on the submission ports (RFC 4954). The session's user is the account's primary address, however the name was typed. */
public final class SmtpLogin implements AuthHook {

    private static final AttachmentKey<Integer> WRONG = AttachmentKey.of("antin.wrong-logins", Integer.class);

    private final MailLogins logins;

    @Inject
    public SmtpLogin(MailLogins logins) {
        this.logins = logins;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        try {
            String address = logins.open(Protocol.SMTP, username.asString(), password, session.getRemoteAddress().getAddress().getHostAddress());
            session.setUsername(Username.of(address));
            return HookResult.builder().hookReturnCode(HookReturnCode.ok()).smtpReturnCode(SMTPRetCode.AUTH_OK)
                .smtpDescription("2.7.0 Authentication successful").build();
        } catch (Problem e) {
            return refused(session, e.kind());
        }
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
        return refused(session, Kind.BAD_CREDENTIALS);
    }

    @Override
    public HookResult doDelegation(SMTPSession session, Username target) {
        return refused(session, Kind.BAD_CREDENTIALS);
    }

    private static HookResult refused(SMTPSession session, Kind kind) {
        return switch (kind) {
            case BAD_CREDENTIALS, LOCKED_OUT -> wrong(session);
            case PEER_UNAVAILABLE -> answer(HookReturnCode.denySoft(), SMTPRetCode.AUTH_TEMPORARY_ERROR, "4.7.0 Temporary authentication failure");
            default -> answer(HookReturnCode.denySoft(), SMTPRetCode.LOCAL_ERROR, "4.3.0 Error in processing");
        };
    }

    private static HookResult wrong(SMTPSession session) {
        int wrong = session.getAttachment(WRONG, State.Connection).orElse(0) + 1;
        session.setAttachment(WRONG, wrong, State.Connection);
        HookReturnCode code = wrong < Attempts.WRONG_PER_CONNECTION ? HookReturnCode.deny() : HookReturnCode.disconnected(Action.DENY);
        return answer(code, SMTPRetCode.AUTH_FAILED, "5.7.8 Authentication credentials invalid");
    }

    private static HookResult answer(HookReturnCode code, String smtpCode, String text) {
        return HookResult.builder().hookReturnCode(code).smtpReturnCode(smtpCode).smtpDescription(text).build();
    }
}
