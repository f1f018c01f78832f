package antin.directory.slapd;

import antin.directory.DirectoryContract.Known;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;

/** People and units as backbone adds them. */
final class SlapdPeople {

    private SlapdPeople() {
    }

    /** Returns its name. {@code above} is empty or ends in a comma. */
    static String addUnit(LDAPConnection backbone, String id, String above, String name) throws LDAPException {
        String dn = "ou=" + id + ',' + above + "ou=units," + TestSlapd.BASE;
        backbone.add(new Entry(dn, new Attribute("objectClass", "organizationalUnit", "antinAgency"), new Attribute("ou", id),
            new Attribute("displayName", name), new Attribute("antinLevel", "city")));
        return dn;
    }

    static void add(LDAPConnection backbone, Known person, String status) throws LDAPException {
        backbone.add(new Entry(dn(person), new Attribute("objectClass", "inetOrgPerson", "antinStaff"), new Attribute("uid", person.number()),
            new Attribute("cn", person.name()), new Attribute("sn", person.name().substring(0, person.name().indexOf(' '))),
            new Attribute("mail", person.address()), new Attribute("antinMailAlternateAddress", person.furtherAddress()),
            new Attribute("antinUnit", person.unit()), new Attribute("antinRole", person.role().word()), new Attribute("antinStatus", status),
            new Attribute("userPassword", person.password())));
    }

    static String dn(Known person) {
        return "uid=" + person.number() + ",ou=people," + TestSlapd.BASE;
    }
}
