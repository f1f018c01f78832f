package antin.mail.login;

import antin.mail.guard.ImapTurns;
import antin.mail.login.SaslExchange.Ask;
import antin.mail.login.SaslExchange.Cancelled;
import antin.mail.login.SaslExchange.Check;
import antin.mail.login.SaslExchange.Malformed;
import antin.mail.login.SaslExchange.Refuse;
import antin.mail.login.SaslExchange.Step;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.processor.AuthenticateProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.publisher.Mono;

/** AUTHENTICATE (RFC 9051, 6.2.2), with or without an initial response (RFC 4959), over TLS only. */
public final class ImapAuthenticate extends AuthenticateProcessor {

    private final MailLogins logins;
    private final ImapOpening opening;

    public ImapAuthenticate(MailLogins logins, ImapOpening opening, MailboxManager mailboxes, StatusResponseFactory statuses, MetricFactory metrics) {
        super(mailboxes, statuses, metrics);
        this.logins = logins;
        this.opening = opening;
    }

    @Override
    protected Mono<Void> processRequestReactive(AuthenticateRequest request, ImapSession session, Responder responder) {
        return Mono.<Void>fromRunnable(() -> processRequest(request, session, responder)).subscribeOn(LoginThreads.ALL);
    }

    @Override
    protected void processRequest(AuthenticateRequest request, ImapSession session, Responder responder) {
        Optional<Mechanism> mechanism = Mechanism.named(request.getAuthType()).filter(logins.mechanisms(Protocol.IMAP)::contains);
        if (session.isPlainAuthDisallowed()) {
            no(request, responder, HumanReadableText.DISABLED_LOGIN);
        } else if (mechanism.isEmpty()) {
            no(request, responder, HumanReadableText.UNSUPPORTED_AUTHENTICATION_MECHANISM);
        } else {
            Exchange exchange = new Exchange(new SaslExchange(mechanism.get(), Protocol.IMAP), session, request, responder);
            exchange.take(exchange.sasl.begin(request instanceof IRAuthenticateRequest initial ? Optional.of(initial.getInitialClientResponse()) : Optional.empty()));
        }
    }

    private void provision(ImapSession session, MailboxSession opened) throws MailboxException {
        provisionInbox(session, getMailboxManager(), opened);
    }

    /** One AUTHENTICATE, until its tagged answer. */
    private final class Exchange {

        private final SaslExchange sasl;
        private final ImapSession session;
        private final AuthenticateRequest request;
        private final Responder responder;

        Exchange(SaslExchange sasl, ImapSession session, AuthenticateRequest request, Responder responder) {
            this.sasl = sasl;
            this.session = session;
            this.request = request;
            this.responder = responder;
        }

        void take(Step step) {
            switch (step) {
                case Ask ask -> ask(ask.challenge());
                case Check check -> opening.open(session, request, check.credentials(), responder, ImapAuthenticate.this::provision, () -> take(sasl.refused()));
                case Refuse refuse -> opening.refuse(session, request, responder);
                case Malformed malformed -> opening.refuse(session, request, responder); // counted as a wrong one: nobody's client errs so
                case Cancelled cancelled -> opening.bad(request, "Authentication cancelled.", responder);
            }
        }

        private void ask(String challenge) {
            session.executeSafely(() -> {
                // Straight to the connection: the responder's buffer may be written out at this moment by another thread, and would be twice.
                if (session.getAttribute(ImapOpening.CONNECTION) instanceof Channel channel) {
                    channel.writeAndFlush(Unpooled.copiedBuffer("+ " + challenge + "\r\n", StandardCharsets.US_ASCII));
                }
                session.pushLineHandler((sameSession, line) -> {
                    session.popLineHandler();
                    String answer = new String(line, StandardCharsets.US_ASCII).strip();
                    Runnable end = ImapTurns.begin(session);
                    // The line comes on the thread that serves many connections; the check may take seconds.
                    LoginThreads.ALL.schedule(() -> {
                        try {
                            take(sasl.next(answer));
                            responder.flush();
                        } finally {
                            end.run();
                        }
                    });
                });
            });
        }
    }
}
