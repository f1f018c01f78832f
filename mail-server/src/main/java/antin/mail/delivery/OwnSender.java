package antin.mail.delivery;

import antin.directory.Directory;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.mail.login.SmtpAuth;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * A person sends under their own addresses and those of functional mailboxes that let them, in the envelope and in the header (RFC 6409, 6.1 and 8.1). An empty
 * envelope sender is allowed: it claims nobody, and receipts want it (RFC 8098, 2.1).
 */
public final class OwnSender implements MailHook, JamesMessageHook {

    private final Directory directory;
    private final AuditLog audit;

    @Inject
    public OwnSender(Directory directory, AuditLog audit) {
        this.directory = directory;
        this.audit = audit;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        try {
            Optional<Person> person = person(session);
            if (person.isEmpty()) {
                return Answer.no("530", "5.7.0 Authentication required");
            }
            if (!sender.isNullSender() && !directory.maySend(person.get(), sender.asString())) {
                return forged(session, person.get(), sender.asString(), "envelope");
            }
            return HookResult.DECLINED;
        } catch (Problem e) {
            return Answer.later(e);
        }
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        try (InputStream letter = new MimeMessageInputStream(mail.getMessage())) {
            Person person = person(session).orElseThrow(() -> new Problem(Kind.BAD_CREDENTIALS, "The account is gone."));
            HeaderSenders senders = HeaderSenders.read(letter);
            if (senders.defect().isPresent()) {
                return Answer.no("550", "5.6.0 " + senders.defect().get());
            }
            Optional<String> foreign = senders.all().filter(address -> !directory.maySend(person, address)).findFirst();
            return foreign.isPresent() ? forged(session, person, foreign.get(), "header") : HookResult.DECLINED;
        } catch (Problem e) {
            return Answer.later(e);
        } catch (IOException | MessagingException e) {
            return Answer.later(new Problem(Kind.INTERNAL, "The letter cannot be read.", e));
        }
    }

    /** Who logged in, who need not own the mailbox that was named then. */
    private Optional<Person> person(SMTPSession session) {
        return session.getAttachment(SmtpAuth.PERSON, State.Connection).flatMap(directory::person);
    }

    private HookResult forged(SMTPSession session, Person person, String claimed, String where) {
        audit.record(new AuditEvent("mail.refused", "refused", person.number(), session.getRemoteAddress().getAddress().getHostAddress(),
            Map.of("claimed", claimed, "where", where)));
        return Answer.no("550", "5.7.1 This sender is not yours");
    }
}
