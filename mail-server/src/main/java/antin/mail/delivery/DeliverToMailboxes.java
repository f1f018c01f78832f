package antin.mail.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a letter: into the mailboxes, one after another. Who could not be served stays the letter's recipient
 * and it goes on to the state {@code error}; the others never get it twice.
 */
public final class DeliverToMailboxes extends GenericMailet {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverToMailboxes.class);
    private static final int TRIES = 3;

    private final Mailboxes mailboxes;
    private final Clock clock;

    @Inject
    public DeliverToMailboxes(Mailboxes mailboxes, Clock clock) {
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        byte[] letter = stamped(mail);
        List<MailAddress> failed = new ArrayList<>();
        for (MailAddress mailbox : List.copyOf(mail.getRecipients())) {
            if (!delivered(mail, letter, mailbox)) {
                failed.add(mailbox);
            }
        }
        mail.setRecipients(failed);
        mail.setState(failed.isEmpty() ? Mail.GHOST : Mail.ERROR);
        mail.setErrorMessage(failed.isEmpty() ? "" : "451 4.3.0 The mailbox could not take it");
    }

    private boolean delivered(Mail mail, byte[] letter, MailAddress mailbox) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                mailboxes.put(mailbox.asString(), letter, mail.getMaybeSender().asString(""));
                return true;
            } catch (MailboxException | RuntimeException e) {
                LOG.warn("The letter {} could not be put into a mailbox, attempt {}", mail.getName(), attempt, e);
            }
        }
        return false;
    }

    private byte[] stamped(Mail mail) throws MessagingException {
        try (InputStream raw = new MimeMessageInputStream(mail.getMessage())) {
            String hostname = getMailetContext().getPostmaster().getDomain().asString();
            return StampedLetter.of(raw, mail.getMaybeSender().asPrettyString(), mail.getName(), hostname, clock.instant());
        } catch (IOException e) {
            throw new MessagingException("The letter " + mail.getName() + " cannot be read.", e);
        }
    }

    @Override
    public String getMailetInfo() {
        return "Delivers to mailboxes";
    }
}
