package antin.directory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where letters to an address go.
 *
 * @param mailboxes the primary addresses of people's mailboxes: one for a person's address, its readers' for a functional mailbox
 * @param shared    the functional mailbox's own, which its readers may open; by its primary address
 */
public record Recipient(List<String> mailboxes, Optional<String> shared) {

    public Recipient {
        mailboxes = List.copyOf(mailboxes);
    }

    public Recipient(List<String> mailboxes) {
        this(mailboxes, Optional.empty());
    }

    /** Every mailbox that a letter is put into. */
    public Stream<String> all() {
        return Stream.concat(shared.stream(), mailboxes.stream());
    }
}
