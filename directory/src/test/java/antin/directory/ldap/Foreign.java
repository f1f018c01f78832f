package antin.directory.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;

/** What another tool might have written. */
public final class Foreign {

    private Foreign() {
    }

    public static Entry person(String number) {
        return new Entry("uid=" + number + ",ou=people,dc=city,dc=example", new Attribute("objectClass", "inetOrgPerson", "antinStaff"), new Attribute("uid", number),
            new Attribute("cn", "Người Ngoài"), new Attribute("sn", "Người"), new Attribute("mail", "Ngoai." + number + "@City.Example"),
            new Attribute("antinMailAlternateAddress", "not an address"), new Attribute("telephoneNumber", "12 ext 3"), new Attribute("antinUnit", "so-noi-vu"),
            new Attribute("antinStatus", "active"), new Attribute("antinRole", "astronaut"));
    }
}
