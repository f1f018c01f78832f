package antin.mail.login;

import java.util.Set;
import javax.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;
import org.apache.james.protocols.pop3.POP3Session;
import org.apache.james.protocols.pop3.core.UserCmdHandler;

/** USER, offered and taken only over TLS: a name said in the clear invites the password after it (RFC 8314, 3.1). */
public final class PopUser extends UserCmdHandler {

    @Inject
    public PopUser(MetricFactory metrics) {
        super(metrics);
    }

    @Override
    public Response onCommand(POP3Session session, Request request) {
        if (!session.isTLSStarted()) {
            return new POP3Response(POP3Response.ERR_RESPONSE, "Use STLS first");
        }
        try {
            return super.onCommand(session, request);
        } catch (IllegalArgumentException e) {
            return new POP3Response(POP3Response.ERR_RESPONSE, "Not a name"); // James throws at names it cannot hold
        }
    }

    @Override
    public Set<String> getImplementedCapabilities(POP3Session session) {
        return session.isTLSStarted() ? super.getImplementedCapabilities(session) : Set.of();
    }
}
