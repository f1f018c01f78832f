package antin.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole directory for those who administer it, disabled people and closed units included. It writes what it is told: who may, and whether a
 * change makes sense in the tree, is decided before ({@code antin.directory.administration}). Every write is whole or not at all, and on disk when
 * it returns. Safe for use by many threads; {@link antin.kernel.Problem} of kind {@code PEER_UNAVAILABLE} where the directory cannot answer: then a write may
 * have happened, and asking again is safe, since a revision is written once.
 */
public interface Register {

    Optional<PersonEntry> person(String number);

    Optional<UnitEntry> unit(String id);

    Optional<Group> group(String id);

    Optional<FunctionalMailbox> mailbox(String id);

    /** All people, in no order; a connection is held until it returns. */
    void people(Consumer<PersonEntry> each);

    /** Those added or changed at {@code since} or later, by the server's clock to the second, which may tick late: ask from some seconds earlier. What was removed by other means is not told. */
    void peopleChangedSince(Instant since, Consumer<PersonEntry> each);

    List<UnitEntry> units();

    List<Group> groups();

    List<FunctionalMailbox> mailboxes();

    /** Whose address it is, primary or further: {@code person/NUMBER} or {@code mailbox/ID}. */
    Optional<String> ownerOf(String address);

    /**
     * Adds a person without a password. Throws {@link Refusal}: {@code number EXISTS}, {@code mail} or {@code further-mail TAKEN}.
     *
     * @return the same with revision 1
     */
    PersonEntry add(PersonEntry person);

    /**
     * Writes what differs from the entry of {@code before}, which is what the caller has read. Throws {@link Refusal} {@code CHANGED_MEANWHILE} where the
     * directory has another revision, {@code TAKEN} as {@link #add}; the number cannot be changed.
     *
     * @return {@code after} with the next revision
     */
    PersonEntry change(PersonEntry before, PersonEntry after);

    /** Below its parent, which must exist. Throws {@link Refusal}: {@code id EXISTS}, {@code organization-id TAKEN}, {@code parent UNKNOWN_UNIT}. */
    UnitEntry add(UnitEntry unit);

    /** As for people; another parent moves it with all that is below it: {@code parent BELOW_ITSELF} or {@code UNKNOWN_UNIT} where that cannot be. */
    UnitEntry change(UnitEntry before, UnitEntry after);

    Group add(Group group);

    Group change(Group before, Group after);

    /** Throws {@link Refusal} {@code CHANGED_MEANWHILE} as {@link #change}. */
    void remove(Group group);

    FunctionalMailbox add(FunctionalMailbox mailbox);

    FunctionalMailbox change(FunctionalMailbox before, FunctionalMailbox after);

    void remove(FunctionalMailbox mailbox);

    /** Sets a password that its owner chose. Throws {@link Refusal} on {@code password} where the server's policy refuses it ({@code USED_BEFORE}, {@code TOO_SIMPLE}). */
    void setPassword(String number, String password);

    /** As {@link #setPassword}; its owner must choose another at the next login. */
    void setTemporaryPassword(String number, String password);

    PasswordState passwordState(String number);

    /** When the password was last changed; where that is not written down, empty or the day from which the server counts. Empty for nobody's number. */
    Optional<Instant> passwordChanged(String number);

    /** A JPEG, at most 100 KB. */
    Optional<byte[]> photo(String number);

    /** Empty bytes remove it. */
    void setPhoto(String number, byte[] jpeg);

    /** Certificates of X.509 in DER ({@code userCertificate;binary}, RFC 4523, 2.1), for address books. */
    List<byte[]> certificates(String number);

    /** Replaces them all; each is also offered to mail programs as {@code userSMIMECertificate} (a degenerate PKCS#7, RFC 2798, 2.8). */
    void setCertificates(String number, List<byte[]> certificates);
}
