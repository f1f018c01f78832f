package antin.mail.delivery;

import antin.kernel.Problem;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the letter over: first into the queue, then into the audit log, both on disk, and only then is the sender told 250. */
public final class AcceptLetter implements JamesMessageHook {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptLetter.class);

    private final MailQueue queue;
    private final AuditLog audit;
    private final MeterRegistry meters;

    @Inject
    public AcceptLetter(MailQueueFactory<?> queues, AuditLog audit, MeterRegistry meters) {
        this.queue = queues.createQueue(MailQueueFactory.SPOOL);
        this.audit = audit;
        this.meters = meters;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        try {
            String messageId = Objects.requireNonNullElse(mail.getMessage().getMessageID(), "");
            queue.enQueue(mail);
            audit.record(new AuditEvent("mail.accepted", "done", Optional.ofNullable(session.getUsername()).map(Username::asString).orElse("-"),
                session.getRemoteAddress().getAddress().getHostAddress(), Map.of("envelope-from", mail.getMaybeSender().asString(""),
                    "recipients", Integer.toString(mail.getRecipients().size()), "message-id", messageId, "queue-id", mail.getName())));
            meters.counter("antin.mail.letters", "step", "accepted").increment();
            return Answer.yes("2.6.0 Accepted as " + mail.getName());
        } catch (MessagingException e) {
            LOG.error("The letter {} could not be taken over", mail.getName(), e);
            return Answer.later("451", "4.3.0 The letter cannot be kept now, try again later");
        } catch (Problem e) {
            LOG.error("The letter {} could not be audited", mail.getName(), e);
            return Answer.later(e);
        }
    }
}
