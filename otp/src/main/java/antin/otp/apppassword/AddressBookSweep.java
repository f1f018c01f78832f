package antin.otp.apppassword;

import antin.directory.AddressBookAccess;
import antin.directory.AddressBookAccess.Access;
import antin.directory.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Closes the address books that nobody may open any more: their app password expired or was revoked, their owner left, or a crash left
 * an entry without a password. Safe for use by many threads, and by several processes on one database.
 */
public final class AddressBookSweep {

    private final AppPasswords passwords;
    private final AddressBookAccess addressBooks;
    private final Directory directory;

    public AddressBookSweep(AppPasswords passwords, AddressBookAccess addressBooks, Directory directory) {
        this.passwords = passwords;
        this.addressBooks = addressBooks;
        this.directory = directory;
    }

    /** How many it closed. Throws Problem where the directory is away; then it is done by the next sweep. */
    public int sweep() {
        // First the entries: a password made meanwhile has its row before its entry.
        List<Access> open = addressBooks.all();
        Map<UUID, String> owners = passwords.addressBooks();
        Map<String, Boolean> active = new HashMap<>();
        List<Access> dead = open.stream().filter(access -> !access.person().equals(owner(owners, access.id()))
            || !active.computeIfAbsent(access.person(), number -> directory.person(number).isPresent())).toList();
        dead.forEach(access -> addressBooks.close(access.id()));
        return dead.size();
    }

    private static String owner(Map<UUID, String> owners, String id) {
        try {
            return owners.getOrDefault(UUID.fromString(id), "nobody");
        } catch (IllegalArgumentException e) {
            return "nobody"; // not one of ours: whoever made it went past us
        }
    }
}
