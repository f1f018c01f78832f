package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.mail.login.SaslExchange.Ask;
import antin.mail.login.SaslExchange.Cancelled;
import antin.mail.login.SaslExchange.Check;
import antin.mail.login.SaslExchange.Malformed;
import antin.mail.login.SaslExchange.Refuse;
import antin.mail.login.SaslExchange.Step;
import antin.mail.session.Access;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;

/** AUTH of a line protocol (RFC 4954, RFC 5034), whose answers the protocol's own class words. */
abstract class LineSasl<S extends ProtocolSession> {

    private final MailLogins logins;
    private final Protocol protocol;

    LineSasl(MailLogins logins, Protocol protocol) {
        this.logins = logins;
        this.protocol = protocol;
    }

    abstract Response challenge(String base64);

    abstract Response opened(S session, Access access);

    abstract Response wrong(S session);

    abstract Response failed(Kind kind);

    abstract Response malformed();

    abstract Response cancelled();

    abstract Response unknownMechanism();

    /** @param argument mechanism, and perhaps an initial response */
    final Response begin(S session, String argument) {
        String[] words = argument.strip().split(" +", 2);
        Optional<Mechanism> mechanism = Mechanism.named(words[0]).filter(logins.mechanisms(protocol)::contains);
        if (mechanism.isEmpty()) {
            return unknownMechanism();
        }
        Exchange exchange = new Exchange(new SaslExchange(mechanism.get(), protocol));
        return exchange.answer(session, exchange.sasl.begin(Optional.of(words).filter(all -> all.length == 2).map(all -> all[1])));
    }

    private Response check(Exchange exchange, S session, Credentials credentials) {
        try {
            return exchange.end(session, opened(session, logins.open(protocol, credentials, session.getRemoteAddress().getAddress().getHostAddress())));
        } catch (Problem e) {
            return switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> exchange.answer(session, exchange.sasl.refused());
                default -> exchange.end(session, failed(e.kind()));
            };
        }
    }

    /** The lines after AUTH until it is done. */
    private final class Exchange implements LineHandler<S> {

        private final SaslExchange sasl;
        private boolean listens;

        Exchange(SaslExchange sasl) {
            this.sasl = sasl;
        }

        @Override
        public Response onLine(S session, byte[] line) {
            return answer(session, line.length > SaslExchange.LONGEST_ANSWER ? new Malformed() : sasl.next(new String(line, StandardCharsets.US_ASCII).strip()));
        }

        Response answer(S session, Step step) {
            return switch (step) {
                case Ask ask -> {
                    if (!listens) {
                        listens = true;
                        session.pushLineHandler(this);
                    }
                    yield challenge(ask.challenge());
                }
                case Check check -> check(this, session, check.credentials());
                case Refuse refuse -> end(session, wrong(session));
                case Malformed malformed -> end(session, malformed());
                case Cancelled cancelled -> end(session, cancelled());
            };
        }

        Response end(S session, Response response) {
            if (listens) {
                listens = false;
                session.popLineHandler();
            }
            return response;
        }
    }
}
