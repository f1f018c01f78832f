package antin.signing.signature;

import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The number of the person in a certificate of our own authority: the subject's UID (RFC 4519, 2.39). What another authority writes there says nothing about our people. */
public final class PersonNumber {

    private PersonNumber() {
    }

    /** @param subject in the form of RFC 2253; empty where it names no person, or more than one */
    public static Optional<String> of(String subject) {
        try {
            List<Rdn> numbers = new LdapName(subject).getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase("UID")).toList();
            return numbers.size() == 1 && numbers.getFirst().getValue() instanceof String number && number.matches("[0-9]{1,20}") ? Optional.of(number) : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
