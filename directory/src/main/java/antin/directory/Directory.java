package antin.directory;

import java.util.List;
import java.util.Optional;

/**
 * The one place where a person and a unit exist. Safe for use by many threads. Every method throws
 * {@link antin.kernel.Problem} of kind {@code PEER_UNAVAILABLE} where the directory cannot answer; that is never the same
 * as "nobody" or "wrong password". Names and addresses are hostile input: adapters escape them and bound their length.
 */
public interface Directory extends AutoCloseable {

    /**
     * Checks a password by a bind. Empty for a wrong password, an unknown, disabled or locked person alike, in about the
     * same time. An empty password is always wrong (RFC 4513, 5.1.2: never an unauthenticated bind).
     *
     * @param login the person's number or any of their addresses
     */
    Optional<Person> authenticate(String login, String password);

    /** Finds an active person by number or by any of their addresses, without regard to case. */
    Optional<Person> person(String login);

    /** The permanent number behind a number or an address, of active and disabled people alike: what tries are counted by. One question in any case. */
    Optional<String> number(String login);

    /**
     * Where a letter to this address goes: a person's, or a functional mailbox's, which goes into its own mailbox and to each active person that may
     * read it at this time (at most 200). Empty where nobody here has the address, or nobody reads it.
     */
    Optional<Recipient> resolve(String address);

    /**
     * The mailbox that the person may open under this address, by its primary address: their own, or a functional mailbox that they may read at this time. Empty for
     * every other address alike.
     */
    Optional<String> mailbox(Person person, String address);

    /** Whether a letter may be sent from {@code from}, compared without regard to case: an address of their own, or a functional mailbox's from which they may send. */
    boolean maySend(Person person, String from);

    /** Finds a unit by its short name, without regard to case. Empty for anything that cannot be one. */
    Optional<Unit> unit(String id);

    /** All units by short name, each once; at most 10,000. */
    List<Unit> units();

    /** Whether {@code domain} is one of ours: letters to unknown addresses in it are refused. */
    boolean isLocalDomain(String domain);

    /** Whether the directory answers now; never throws. */
    boolean isAvailable();

    @Override
    void close();
}
