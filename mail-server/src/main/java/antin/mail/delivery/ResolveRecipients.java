package antin.mail.delivery;

import antin.directory.Directory;
import antin.directory.Recipient;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts mailboxes in the place of addresses, by the directory. While that is away the letter waits, however long. */
public final class ResolveRecipients extends GenericMailet {

    private static final Logger LOG = LoggerFactory.getLogger(ResolveRecipients.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String BOUNCES = "bounces";

    private final Directory directory;
    private final MailQueue queue;

    @Inject
    public ResolveRecipients(Directory directory, MailQueueFactory<?> queues) {
        this.directory = directory;
        this.queue = queues.createQueue(MailQueueFactory.SPOOL);
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Set<MailAddress> mailboxes = new LinkedHashSet<>();
        List<MailAddress> unknown = new ArrayList<>();
        try {
            for (MailAddress address : mail.getRecipients()) {
                Optional<Recipient> recipient = directory.resolve(address.asString());
                if (recipient.isEmpty()) {
                    unknown.add(address);
                } else {
                    for (String mailbox : recipient.get().all().toList()) {
                        mailboxes.add(new MailAddress(mailbox));
                    }
                }
            }
        } catch (Problem e) {
            if (e.kind() != Kind.PEER_UNAVAILABLE) {
                throw e;
            }
            LOG.warn("The letter {} waits for the directory", mail.getName());
            queue.enQueue(mail, WAIT);
            mail.setState(Mail.GHOST);
            return;
        }
        if (!unknown.isEmpty()) {
            returnToSender(mail, unknown);
        }
        mail.setRecipients(mailboxes);
    }

    /** They were known when the letter was accepted, and left since. */
    private void returnToSender(Mail mail, List<MailAddress> unknown) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setRecipients(unknown);
            copy.setErrorMessage("550 5.1.1 Nobody here has this address");
            getMailetContext().sendMail(copy, BOUNCES);
        } finally {
            copy.dispose();
        }
    }

    @Override
    public String getMailetInfo() {
        return "Resolves recipients by the directory";
    }
}
