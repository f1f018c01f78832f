package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.mail.login.Credentials.AppPassword;
import antin.mail.login.Credentials.BearerToken;
import antin.mail.session.Access;
import antin.mail.token.TokenLogins;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes an attempt on and counts how it ended, by protocol: {@code antin_mail_logins_total}. Backbone or {@link RememberedLogins} audits each
 * app password, and {@link TokenLogins} each token; here is no second line.
 */
public final class Attempts implements MailLogins {

    /** Wrong ones on one connection before it is closed (RFC 4954, 4: a server may). */
    public static final int WRONG_PER_CONNECTION = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final MailLogins passwords;
    private final Optional<TokenLogins> tokens;
    private final MeterRegistry meters;

    /** @param tokens empty: no token opens anything */
    public Attempts(MailLogins passwords, Optional<TokenLogins> tokens, MeterRegistry meters) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.meters = meters;
    }

    @Override
    public Access open(Protocol protocol, Credentials credentials, String from) {
        try {
            Access access = switch (credentials) {
                case AppPassword password -> passwords.open(protocol, password, from);
                case BearerToken token -> tokens.orElseThrow(() -> new Problem(Kind.BAD_CREDENTIALS, "Tokens are not taken."))
                    .open(protocol.scope(), token.user(), token.token(), from);
            };
            count(protocol, "accepted");
            return access;
        } catch (Problem e) {
            count(protocol, e.kind().name().toLowerCase(Locale.ROOT));
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                LOG.warn("A login by {} could not be checked", protocol.scope(), e);
            }
            throw e;
        }
    }

    @Override
    public Set<Mechanism> mechanisms(Protocol protocol) {
        Set<Mechanism> all = EnumSet.allOf(Mechanism.class);
        all.removeIf(mechanism -> mechanism.hasToken() && tokens.isEmpty() || mechanism == Mechanism.LOGIN && protocol != Protocol.SMTP);
        return all;
    }

    @Override
    public boolean isAvailable() {
        return passwords.isAvailable();
    }

    private void count(Protocol protocol, String outcome) {
        meters.counter("antin.mail.logins", "protocol", protocol.scope(), "outcome", outcome).increment();
    }
}
