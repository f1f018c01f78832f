package antin.directory;

import java.util.List;

/** Where letters to an address go: the primary addresses of the mailboxes, one for a person. */
public record Recipient(List<String> mailboxes) {

    public Recipient {
        mailboxes = List.copyOf(mailboxes);
    }
}
