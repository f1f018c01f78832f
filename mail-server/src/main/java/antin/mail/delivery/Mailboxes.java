package antin.mail.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.MailboxPath;
import reactor.core.publisher.Mono;

/** Puts a letter into a person's inbox, which is made where it is missing. The letter is on disk when this returns. */
final class Mailboxes {

    private final MailboxManager mailboxes;
    private final MeterRegistry meters;

    @Inject
    Mailboxes(@Named("mailboxmanager") MailboxManager mailboxes, MeterRegistry meters) {
        this.mailboxes = mailboxes;
        this.meters = meters;
    }

    void put(String mailbox, byte[] letter) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(Username.of(mailbox));
        mailboxes.startProcessingRequest(session);
        try {
            MailboxPath inbox = MailboxPath.inbox(session);
            if (!Boolean.TRUE.equals(Mono.from(mailboxes.mailboxExists(inbox, session)).block())) {
                create(inbox, session);
            }
            mailboxes.getMailbox(inbox, session).appendMessage(AppendCommand.builder().recent().delivery().build(new ByteContent(letter)), session);
            meters.counter("antin.mail.letters", "step", "delivered").increment();
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    private void create(MailboxPath inbox, MailboxSession session) throws MailboxException {
        try {
            mailboxes.createMailbox(inbox, MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
        } catch (MailboxExistsException e) {
            // somebody else's letter was a moment faster
        }
    }
}
