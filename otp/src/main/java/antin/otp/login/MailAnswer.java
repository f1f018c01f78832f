package antin.otp.login;

import antin.directory.Person;
import antin.otp.throttle.Throttle.Wait;
import java.util.UUID;

/** How a mail program's try to log in ended. */
public sealed interface MailAnswer {

    /**
     * It may come in.
     *
     * @param owner      whose app password it was
     * @param mailbox    the mailbox to open, by its primary address: the owner's, or a functional one that the owner may read
     * @param credential the app password's id, by which a later end is told
     */
    record Opened(Person owner, String mailbox, UUID credential) implements MailAnswer {
    }

    /** Name or password is wrong, or the mailbox is not theirs; which of them is never said. */
    record Refused() implements MailAnswer {
    }

    record Throttled(Wait rest) implements MailAnswer {
    }
}
