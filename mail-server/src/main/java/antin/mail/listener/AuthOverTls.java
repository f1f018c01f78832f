package antin.mail.listener;

import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;

/** AUTH, which James would hide before TLS but still take. */
public final class AuthOverTls extends AuthCmdHandler {

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (!session.isTLSStarted()) {
            return new SMTPResponse("530", "5.7.0 Must issue a STARTTLS command first"); // RFC 3207, 4
        }
        return super.onCommand(session, request);
    }

    /** Without the old {@code AUTH=} form, which only clients of the last century want. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isTLSStarted() ? List.of("AUTH PLAIN LOGIN") : List.of();
    }
}
