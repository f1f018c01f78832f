package antin.mail.delivery;

import antin.directory.Directory;
import antin.directory.Recipient;
import antin.kernel.Problem;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.protocols.lmtp.hook.DeliverToRecipientHook;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LMTP's promise: 250 for a recipient says that the letter is in that mailbox. */
public final class DeliverAtOnce implements DeliverToRecipientHook {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverAtOnce.class);

    private final Directory directory;
    private final Mailboxes mailboxes;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    public DeliverAtOnce(Directory directory, Mailboxes mailboxes, AuditLog audit, Clock clock) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public HookResult deliver(SMTPSession session, MailAddress address, MailEnvelope letter) {
        try {
            Optional<Recipient> recipient = directory.resolve(address.asString());
            if (recipient.isEmpty()) {
                return Answer.no("550", "5.1.1 Nobody here has this address");
            }
            byte[] stamped = stamped(session, letter);
            for (String mailbox : recipient.get().all().toList()) {
                mailboxes.put(mailbox, stamped, letter.getMaybeSender().asString(""));
            }
            audit.record(new AuditEvent("mail.accepted", "done", "-", session.getRemoteAddress().getAddress().getHostAddress(),
                Map.of("envelope-from", letter.getMaybeSender().asString(""), "recipients", "1", "by", "lmtp")));
            return Answer.yes("2.1.5 In the mailbox of " + address.asString());
        } catch (Problem e) {
            return Answer.later(e);
        } catch (MailboxException | IOException | RuntimeException e) {
            LOG.error("A letter could not be put into a mailbox", e);
            return Answer.later("451", "4.3.0 The mailbox cannot take it now, try again later");
        }
    }

    private byte[] stamped(SMTPSession session, MailEnvelope letter) throws IOException {
        try (InputStream raw = letter.getMessageInputStream()) {
            return StampedLetter.of(raw, letter.getMaybeSender().asPrettyString(), UUID.randomUUID().toString(), session.getConfiguration().getHelloName(), clock.instant());
        }
    }
}
