package antin.mail.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Puts a letter into a mailbox, by its script; the inbox is made where it is missing. The letter is on disk when this returns. */
final class Mailboxes {

    private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);

    private final MailboxManager mailboxes;
    private final Filter filter;
    private final MeterRegistry meters;

    @Inject
    Mailboxes(@Named("mailboxmanager") MailboxManager mailboxes, Filter filter, MeterRegistry meters) {
        this.mailboxes = mailboxes;
        this.filter = filter;
        this.meters = meters;
    }

    /**
     * Into the folders that the mailbox's script names, or into its inbox.
     *
     * @param from the envelope's sender, empty for none
     */
    void put(String mailbox, byte[] letter, String from) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(Username.of(mailbox));
        mailboxes.startProcessingRequest(session);
        try {
            MailboxPath inbox = MailboxPath.inbox(session);
            if (!exists(inbox, session)) {
                create(inbox, session);
            }
            List<String> folders = filter.folders(mailbox, letter, from);
            boolean kept = folders.isEmpty();
            for (String folder : folders) {
                kept |= filed(folder, letter, session, kept);
            }
            if (!kept) {
                append(inbox, letter, session);
            }
            meters.counter("antin.mail.letters", "step", "delivered").increment();
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    /** A folder that is not there, or cannot take it, loses nothing: the letter is then in another one, or goes into the inbox. */
    private boolean filed(String folder, byte[] letter, MailboxSession session, boolean kept) throws MailboxException {
        MailboxPath path = folder.equalsIgnoreCase(MailboxConstants.INBOX) ? MailboxPath.inbox(session) : MailboxPath.forUser(session.getUser(), folder);
        try {
            if (!exists(path, session)) {
                return false;
            }
            append(path, letter, session);
            return true;
        } catch (MailboxException | RuntimeException e) {
            if (!kept && path.isInbox()) {
                throw e;
            }
            LOG.warn("A folder that a script names could not take a letter", e);
            return false;
        }
    }

    private boolean exists(MailboxPath path, MailboxSession session) {
        return Boolean.TRUE.equals(Mono.from(mailboxes.mailboxExists(path, session)).block());
    }

    private void append(MailboxPath path, byte[] letter, MailboxSession session) throws MailboxException {
        mailboxes.getMailbox(path, session).appendMessage(AppendCommand.builder().recent().delivery().build(new ByteContent(letter)), session);
    }

    private void create(MailboxPath inbox, MailboxSession session) throws MailboxException {
        try {
            mailboxes.createMailbox(inbox, MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
        } catch (MailboxExistsException e) {
            // somebody else's letter was a moment faster
        }
    }
}
