package antin.directory.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where entries lie, and what their names tell. Values are put into names as values (RFC 4514, 2.4), after they were found to be fit. */
final class Places {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,32}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"); // RFC 1123, 2.1

    final DN people;
    final DN units;
    final DN groups;
    final DN mailboxes;
    final DN addressBookAccess;
    final DN decoy;

    Places(String base) {
        try {
            people = new DN("ou=people," + base);
            units = new DN("ou=units," + base);
            groups = new DN("ou=groups," + base);
            mailboxes = new DN("ou=mailboxes," + base);
            addressBookAccess = new DN("ou=address-book-access," + base);
            decoy = new DN("cn=decoy,ou=services," + base);
        } catch (LDAPException e) {
            throw new IllegalArgumentException("The base of the directory is no name: " + base, e);
        }
    }

    /** Whether it is digits: a server folds spaces and wide or invisible characters (RFC 4518), and so one person had many names. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Whether it can be the short name of a unit, a group or a mailbox. */
    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    DN person(String number) {
        return new DN(new RDN("uid", number), people);
    }

    DN group(String id) {
        return new DN(new RDN("cn", id), groups);
    }

    DN mailbox(String id) {
        return new DN(new RDN("cn", id), mailboxes);
    }

    /** The number in a person's name; empty for other names. */
    Optional<String> number(String dn) {
        return below(people, dn, "uid").filter(Places::isNumber);
    }

    /** The short name in a group's name; empty for other names. */
    Optional<String> groupId(String dn) {
        return below(groups, dn, "cn").filter(Places::isLabel);
    }

    /** The first value of a name, such as the short name of a unit wherever it stands. */
    static String first(DN dn) {
        RDN first = dn.getRDN();
        return first == null ? "" : first.getAttributeValues()[0];
    }

    private static Optional<String> below(DN branch, String dn, String attribute) {
        try {
            DN name = new DN(dn);
            RDN first = name.getRDN();
            return first != null && first.hasAttribute(attribute) && branch.equals(name.getParent()) ? Optional.of(first(name)) : Optional.empty();
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }
}
