package antin.mail.login;

import java.nio.charset.StandardCharsets;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.response.AuthenticateResponse;
import org.apache.james.imap.processor.AuthenticateProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.scheduler.Schedulers;

/** AUTHENTICATE PLAIN (RFC 9051, 6.2.2), with or without an initial response, over TLS only. */
public final class ImapAuthenticate extends AuthenticateProcessor {

    private final ImapOpening opening;

    public ImapAuthenticate(ImapOpening opening, MailboxManager mailboxes, StatusResponseFactory statuses, MetricFactory metrics) {
        super(mailboxes, statuses, metrics);
        this.opening = opening;
    }

    @Override
    protected void processRequest(AuthenticateRequest request, ImapSession session, Responder responder) {
        if (session.isPlainAuthDisallowed()) {
            no(request, responder, HumanReadableText.DISABLED_LOGIN);
        } else if (!request.getAuthType().equalsIgnoreCase("PLAIN")) {
            no(request, responder, HumanReadableText.UNSUPPORTED_AUTHENTICATION_MECHANISM);
        } else if (request instanceof IRAuthenticateRequest withInitialResponse) {
            authenticate(session, request, withInitialResponse.getInitialClientResponse(), responder);
        } else {
            session.executeSafely(() -> {
                responder.respond(new AuthenticateResponse());
                responder.flush();
                session.pushLineHandler((sameSession, line) -> {
                    session.popLineHandler();
                    String response = new String(line, StandardCharsets.US_ASCII);
                    // The line comes on the thread that serves many connections; the check may take seconds.
                    Schedulers.boundedElastic().schedule(() -> {
                        authenticate(session, request, response, responder);
                        responder.flush();
                    });
                });
            });
        }
    }

    private void authenticate(ImapSession session, AuthenticateRequest request, String base64, Responder responder) {
        SaslPlain.parse(base64).ifPresentOrElse(
            plain -> opening.open(session, request, plain.login(), plain.password(), responder, this::provision),
            () -> opening.refuse(session, request, responder));
    }

    private void provision(ImapSession session, MailboxSession opened) throws MailboxException {
        provisionInbox(session, getMailboxManager(), opened);
    }
}
