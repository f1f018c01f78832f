package antin.mail.login;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes an attempt on and counts how it ended, by protocol: {@code antin_mail_logins_total}. Backbone audits each attempt; here is no second line. */
public final class Attempts implements MailLogins {

    /** Wrong ones on one connection before it is closed (RFC 4954, 4: a server may). */
    public static final int WRONG_PER_CONNECTION = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final MailLogins logins;
    private final MeterRegistry meters;

    public Attempts(MailLogins logins, MeterRegistry meters) {
        this.logins = logins;
        this.meters = meters;
    }

    @Override
    public String open(Protocol protocol, String login, String appPassword, String from) {
        try {
            String address = logins.open(protocol, login, appPassword, from);
            count(protocol, "accepted");
            return address;
        } catch (Problem e) {
            count(protocol, e.kind().name().toLowerCase(Locale.ROOT));
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                LOG.warn("A login by {} could not be checked", protocol.scope(), e);
            }
            throw e;
        }
    }

    @Override
    public boolean isAvailable() {
        return logins.isAvailable();
    }

    private void count(Protocol protocol, String outcome) {
        meters.counter("antin.mail.logins", "protocol", protocol.scope(), "outcome", outcome).increment();
    }
}
