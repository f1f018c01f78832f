package antin.mail.login;

import org.apache.james.events.EventBus;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.DefaultMailboxTyper;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.metrics.api.MetricFactory;
import javax.inject.Inject;
import reactor.core.publisher.Mono;

/** James's IMAP commands, with our own two in front for login. */
public final class ImapProcessors implements ImapProcessor {

    private final ImapProcessor james;
    private final ImapLogin login;
    private final ImapAuthenticate authenticate;

    @Inject
    public ImapProcessors(MailLogins logins, MailboxManager mailboxes, EventBus events, SubscriptionManager subscriptions, QuotaComponents quotas,
            MetricFactory metrics) {
        UnpooledStatusResponseFactory statuses = new UnpooledStatusResponseFactory();
        ImapOpening opening = new ImapOpening(logins, mailboxes);
        this.login = new ImapLogin(opening, mailboxes, statuses, metrics);
        this.authenticate = new ImapAuthenticate(opening, mailboxes, statuses, metrics);
        this.james = DefaultProcessor.createDefaultProcessor(new UnknownRequestProcessor(statuses), mailboxes, events, subscriptions, statuses,
            new DefaultMailboxTyper(), quotas.getQuotaManager(), quotas.getQuotaRootResolver(), metrics);
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processReactive(message, responder, session).block();
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        return switch (message) {
            case LoginRequest request -> login.processReactive(request, responder, session);
            case AuthenticateRequest request -> authenticate.processReactive(request, responder, session);
            default -> james.processReactive(message, responder, session);
        };
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        login.configure(configuration);
        authenticate.configure(configuration);
        james.configure(configuration);
    }
}
