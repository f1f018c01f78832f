package antin.backbone.certificates;

import antin.directory.Person;
import antin.directory.Unit;
import antin.directory.UnitEntry;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Distinguished names as certificates have them, from what the directory says. */
public final class SubjectNames {

    private static final String HOUSE = ",O=Ấn Tín,C=VN";
    /** ETSI EN 319 412-1, 5.1.4: two letters of a national scheme's own, a colon, country, hyphen, number; the number is of QCVN 102:2016. */
    private static final String AGENCY_NUMBER = ",OID.2.5.4.97=MD:VN-";
    private static final Map<String, String> WORDS = Map.of("2.5.4.97", "organizationIdentifier", "0.9.2342.19200300.100.1.1", "UID");

    private SubjectNames() {
    }

    public static X500Principal of(Unit unit) {
        return new X500Principal(agency(unit) + HOUSE);
    }

    /** With the agency's number, where the directory has one. */
    public static X500Principal of(UnitEntry unit) {
        return new X500Principal(agency(unit.unit()) + (unit.organizationId().isEmpty() ? "" : AGENCY_NUMBER + Rdn.escapeValue(unit.organizationId())) + HOUSE);
    }

    public static X500Principal of(Person person) {
        return new X500Principal("UID=" + Rdn.escapeValue(person.number()) + ",CN=" + Rdn.escapeValue(person.name())
            + ",OU=" + Rdn.escapeValue(person.unit().id()) + HOUSE);
    }

    public static X500Principal ofSystem(String name) {
        return new X500Principal("CN=" + Rdn.escapeValue(name) + HOUSE);
    }

    /** With words in place of numbers, for people. */
    public static String shown(String subject) {
        return new X500Principal(subject).getName(X500Principal.RFC2253, WORDS);
    }

    /** Empty where there is none. */
    public static String commonName(String subject) {
        return part(subject, "CN");
    }

    /** The first of that type, such as {@code UID}; empty where there is none. */
    public static String part(String subject, String type) {
        try {
            List<Rdn> parts = new LdapName(shown(subject)).getRdns();
            return parts.reversed().stream().filter(rdn -> rdn.getType().equals(type) && rdn.getValue() instanceof String).map(rdn -> (String) rdn.getValue()).findFirst().orElse("");
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("It was a distinguished name before", e);
        }
    }

    private static String agency(Unit unit) {
        return "CN=" + Rdn.escapeValue(unit.name()) + ",OU=" + Rdn.escapeValue(unit.id());
    }
}
