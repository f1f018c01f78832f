package antin.directory;

import java.util.List;

/**
 * Who may look people up by LDAP: one entry an app password, bound by a mail client's address book and good for public data only. The
 * passwords are random and long, so the server keeps them by a fast hash. Safe for use by many threads; {@link antin.kernel.Problem} of kind
 * {@code PEER_UNAVAILABLE} where the directory cannot answer.
 */
public interface AddressBookAccess {

    /**
     * An entry.
     *
     * @param id     the app password's
     * @param person the owner's number
     */
    record Access(String id, String person) {
    }

    /** Where a client searches from: people and units lie below it. */
    String searchBase();

    /** The name that a client binds with. */
    String bindName(String id);

    /** From now on the password opens the address book; an entry that is there already stays as it is. */
    void open(Access access, String password);

    /** From now on it opens nothing; nothing happens where there is none. */
    void close(String id);

    /** All that are open, in no order. */
    List<Access> all();
}
