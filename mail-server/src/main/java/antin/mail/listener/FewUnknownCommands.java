package antin.mail.listener;

import javax.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;

/** Commands that we do not know are answered a few times; then the connection ends. It is no client, or a confused one. */
public final class FewUnknownCommands extends UnknownCmdHandler {

    static final int PER_CONNECTION = 10;
    private static final AttachmentKey<Integer> SEEN = AttachmentKey.of("antin.unknown-commands", Integer.class);

    @Inject
    public FewUnknownCommands(MetricFactory metrics) {
        super(metrics);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        int seen = session.getAttachment(SEEN, State.Connection).orElse(0) + 1;
        session.setAttachment(SEEN, seen, State.Connection);
        SMTPResponse response = new SMTPResponse("500", "5.5.1 Command unrecognized");
        response.setEndSession(seen >= PER_CONNECTION);
        return response;
    }
}
