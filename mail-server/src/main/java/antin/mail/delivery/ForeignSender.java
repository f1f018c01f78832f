package antin.mail.delivery;

import antin.directory.Directory;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/** From outside nobody speaks for our domains: our own people's letters come by submission, where they logged in. */
public final class ForeignSender implements MailHook, JamesMessageHook {

    private final Directory directory;
    private final AuditLog audit;

    @Inject
    public ForeignSender(Directory directory, AuditLog audit) {
        this.directory = directory;
        this.audit = audit;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        try {
            return !sender.isNullSender() && isOurs(sender.asString()) ? forged(session, sender.asString(), "envelope") : HookResult.DECLINED;
        } catch (Problem e) {
            return Answer.later(e);
        }
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        try (InputStream letter = new MimeMessageInputStream(mail.getMessage())) {
            HeaderSenders senders = HeaderSenders.read(letter);
            if (senders.defect().isPresent()) {
                return Answer.no("550", "5.6.0 " + senders.defect().get());
            }
            Optional<String> ours = senders.addresses().stream().filter(this::isOurs).findFirst();
            return ours.isPresent() ? forged(session, ours.get(), "header") : HookResult.DECLINED;
        } catch (Problem e) {
            return Answer.later(e);
        } catch (IOException | MessagingException e) {
            return Answer.later(new Problem(Kind.INTERNAL, "The letter cannot be read.", e));
        }
    }

    private boolean isOurs(String address) {
        return directory.isLocalDomain(address.substring(address.lastIndexOf('@') + 1));
    }

    private HookResult forged(SMTPSession session, String claimed, String where) {
        String from = session.getRemoteAddress().getAddress().getHostAddress();
        audit.record(new AuditEvent("mail.refused", "refused", claimed, from, Map.of("claimed", claimed, "where", where)));
        return Answer.no("550", "5.7.1 Letters from this domain come by submission, after login");
    }
}
