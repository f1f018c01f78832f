package antin.otp.notice;

import java.io.IOException;

/** Takes letters to their mailboxes. Safe for use by many threads. */
public interface Post {

    /** Returns when the letter lies in the mailbox; throws where it does not, or nobody knows. */
    void deliver(String recipient, byte[] letter) throws IOException;
}
