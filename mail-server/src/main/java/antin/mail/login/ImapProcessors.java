package antin.mail.login;

import antin.mail.guard.ImapTurns;
import antin.mail.session.OpenSessions;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse.Type;
import org.apache.james.imap.api.process.DefaultMailboxTyper;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.main.DeniedAccessOnSharedMailboxException;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.CapabilityRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.response.CapabilityResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.publisher.Mono;

/** James's IMAP commands, with our own two in front for login, and our mechanisms among the capabilities. */
public final class ImapProcessors implements ImapProcessor {

    private final MailLogins logins;
    private final ImapProcessor james;
    private final ImapLogin login;
    private final ImapAuthenticate authenticate;

    @Inject
    public ImapProcessors(MailLogins logins, MailboxManager mailboxes, EventBus events, SubscriptionManager subscriptions, QuotaComponents quotas,
            OpenSessions sessions, MetricFactory metrics) {
        UnpooledStatusResponseFactory statuses = new UnpooledStatusResponseFactory();
        ImapOpening opening = new ImapOpening(logins, mailboxes, sessions);
        this.logins = logins;
        this.login = new ImapLogin(opening, mailboxes, statuses, metrics);
        this.authenticate = new ImapAuthenticate(logins, opening, mailboxes, statuses, metrics);
        this.james = DefaultProcessor.createDefaultProcessor(new UnknownRequestProcessor(statuses), mailboxes, events, subscriptions, statuses,
            new DefaultMailboxTyper(), quotas.getQuotaManager(), quotas.getQuotaRootResolver(), metrics);
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processReactive(message, responder, session).block();
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        Runnable end = ImapTurns.begin(session);
        return carriedOut(message, responder, session).doFinally(signal -> end.run()); // James has written the answer then
    }

    private Mono<Void> carriedOut(ImapMessage message, Responder responder, ImapSession session) {
        return switch (message) {
            case LoginRequest request -> login.processReactive(request, responder, session);
            case AuthenticateRequest request -> authenticate.processReactive(request, responder, session);
            case CapabilityRequest request -> Mono.defer(() -> james.processReactive(request, new WithMechanisms(responder, session), session));
            // Deferred: James looks at the session's state when it is asked, and a command before may still be under way.
            default -> Mono.defer(() -> james.processReactive(message, responder, session))
                .onErrorResume(DeniedAccessOnSharedMailboxException.class, e -> Mono.fromRunnable(() -> denied(message, responder)));
        };
    }

    /** James throws where it should answer, and would end the connection. */
    private static void denied(ImapMessage message, Responder responder) {
        if (message instanceof ImapRequest request) {
            responder.respond(new ImmutableStatusResponse(Type.NO, request.getTag(), null,
                new HumanReadableText("antin.denied", "[NOPERM] This mailbox is not yours."), null));
        }
    }

    /** James knows our mechanism PLAIN only, and tells of those with tokens where it checks them itself. */
    private final class WithMechanisms implements Responder {

        private final Responder responder;
        private final ImapSession session;

        WithMechanisms(Responder responder, ImapSession session) {
            this.responder = responder;
            this.session = session;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof CapabilityResponse known && !session.isPlainAuthDisallowed()) {
                Set<Capability> all = new LinkedHashSet<>(known.getCapabilities());
                logins.mechanisms(Protocol.IMAP).forEach(mechanism -> all.add(Capability.of("AUTH=" + mechanism.name())));
                responder.respond(new CapabilityResponse(all));
            } else {
                responder.respond(message);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        login.configure(configuration);
        authenticate.configure(configuration);
        james.configure(configuration);
    }
}
