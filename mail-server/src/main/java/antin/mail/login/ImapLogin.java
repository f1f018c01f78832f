package antin.mail.login;

import antin.mail.login.Credentials.AppPassword;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.processor.LoginProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.publisher.Mono;

/** LOGIN (RFC 9051, 6.2.3), over TLS only. */
public final class ImapLogin extends LoginProcessor {

    private final ImapOpening opening;

    public ImapLogin(ImapOpening opening, MailboxManager mailboxes, StatusResponseFactory statuses, MetricFactory metrics) {
        super(mailboxes, statuses, metrics);
        this.opening = opening;
    }

    @Override
    protected Mono<Void> processRequestReactive(LoginRequest request, ImapSession session, Responder responder) {
        return Mono.<Void>fromRunnable(() -> processRequest(request, session, responder)).subscribeOn(LoginThreads.ALL);
    }

    @Override
    protected void processRequest(LoginRequest request, ImapSession session, Responder responder) {
        if (session.isPlainAuthDisallowed()) {
            no(request, responder, HumanReadableText.DISABLED_LOGIN);
            return;
        }
        opening.open(session, request, new AppPassword(request.getUserid().asString(), request.getPassword()), responder, this::provision,
            () -> opening.refuse(session, request, responder));
    }

    private void provision(ImapSession session, MailboxSession opened) throws MailboxException {
        provisionInbox(session, getMailboxManager(), opened);
    }
}
