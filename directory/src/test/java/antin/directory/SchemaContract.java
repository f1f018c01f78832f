package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.opendj.TestAuthority;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every server must be able to hold for backbone, with the schema of ours on top of standard classes. */
public interface SchemaContract {

    String BASE = "dc=city,dc=example";
    String UNIT = "ou=ban-to-chuc,ou=units," + BASE;
    String PERSON = "uid=290001,ou=people," + BASE;

    /** A new connection that is {@code backbone} or {@code mail-server}; the caller closes it. */
    LDAPConnection process(String name) throws LDAPException;

    @Test
    default void holdsAUnitWithItsBodyIdentifierAndAddresses() throws LDAPException {
        try (LDAPConnection backbone = process("backbone")) {
            backbone.add(unit(UNIT, "000.00.01.P29"));
            try {
                assertThat(names(backbone, "ou=units," + BASE, "(antinOrganizationId=000.00.01.p29)")).containsExactly(UNIT);
                assertThatThrownBy(() -> backbone.add(unit("ou=other," + UNIT, "000.00.01.P29"))).as("an identifier is one agency's")
                    .isInstanceOf(LDAPException.class);
            } finally {
                backbone.delete(UNIT);
            }
        }
    }

    @Test
    default void findsPeopleByAPositionInAnotherUnit() throws LDAPException, CertificateEncodingException {
        byte[] certificate = new TestAuthority("CN=Test Issuing CA").certificate().getEncoded();
        try (LDAPConnection backbone = process("backbone")) {
            Entry person = person();
            person.addAttribute(new Attribute("antinPosition", "ban-to-chuc/2026-01-01//Phó Trưởng ban", "ban-to-chuc-2///Ủy viên"));
            person.addAttribute(new Attribute("userCertificate;binary", certificate));
            person.addAttribute(new Attribute("userSMIMECertificate", certificate));
            backbone.add(person);
            try {
                assertThat(names(backbone, "ou=people," + BASE, "(antinPosition=ban-to-chuc/*)")).containsExactly(PERSON);
                assertThat(names(backbone, "ou=people," + BASE, "(antinPosition=ban-to/*)")).isEmpty();
                SearchResultEntry read = Objects.requireNonNull(backbone.getEntry(PERSON, "userCertificate;binary", "antinPosition"));
                assertThat(read.getAttributeValueBytes("userCertificate;binary")).isEqualTo(certificate);
                assertThat(read.getAttributeValues("antinPosition")).hasSize(2);
                try (LDAPConnection mail = process("mail-server")) {
                    assertThat(Objects.requireNonNull(mail.getEntry(PERSON)).hasAttribute("antinPosition")).as("no business of mail-server").isFalse();
                }
            } finally {
                backbone.delete(PERSON);
            }
        }
    }

    @Test
    default void listsTheMembersOfAGroupByRule() throws LDAPException {
        String fixed = "cn=ban-bien-tap,ou=groups," + BASE;
        String rule = "cn=tat-ca-ban-to-chuc,ou=groups," + BASE;
        try (LDAPConnection backbone = process("backbone")) {
            backbone.add(person());
            backbone.add(new Entry(fixed, new Attribute("objectClass", "groupOfNames", "antinGroup"), new Attribute("cn", "ban-bien-tap"),
                new Attribute("antinUnit", "ban-to-chuc"), new Attribute("member", PERSON)));
            backbone.add(new Entry(rule, new Attribute("objectClass", "groupOfURLs", "antinGroup"), new Attribute("cn", "tat-ca-ban-to-chuc"),
                new Attribute("antinUnit", "ban-to-chuc"), new Attribute("memberURL", "ldap:///ou=people," + BASE + "??sub?(antinUnit=ban-to-chuc)")));
            try {
                assertThat(names(backbone, "ou=groups," + BASE, "(member=" + PERSON + ")")).contains(fixed);
                assertThat(Objects.requireNonNull(backbone.getEntry(rule)).getAttributeValue("memberURL")).endsWith("(antinUnit=ban-to-chuc)");
            } finally {
                for (String dn : List.of(fixed, rule, PERSON)) {
                    backbone.delete(dn);
                }
            }
        }
    }

    @Test
    default void holdsAFunctionalMailboxThatMailServerReads() throws LDAPException {
        String dn = "cn=van-thu-btc,ou=mailboxes," + BASE;
        try (LDAPConnection backbone = process("backbone"); LDAPConnection mail = process("mail-server")) {
            backbone.add(person());
            Entry mailbox = new Entry(dn, new Attribute("objectClass", "antinMailbox"), new Attribute("cn", "van-thu-btc"), new Attribute("mail", "van-thu.btc@city.example"),
                new Attribute("antinUnit", "ban-to-chuc"), new Attribute("antinStatus", "active"), new Attribute("antinMayRead", PERSON), new Attribute("antinMaySend", PERSON),
                new Attribute("description", "Công văn đến"));
            backbone.add(mailbox);
            try {
                assertThat(names(mail, "ou=mailboxes," + BASE, "(antinMayRead=" + PERSON + ")")).containsExactly(dn);
                assertThat(Objects.requireNonNull(mail.getEntry(dn)).hasAttribute("description")).isFalse();
                assertThatThrownBy(() -> mail.delete(dn)).isInstanceOf(LDAPException.class);
                Entry same = mailbox.duplicate();
                same.setDN("cn=van-thu-2,ou=mailboxes," + BASE);
                same.setAttribute("cn", "van-thu-2");
                assertThatThrownBy(() -> backbone.add(same)).as("an address is one mailbox's").isInstanceOf(LDAPException.class);
                Entry taken = mailbox.duplicate();
                taken.setDN("cn=van-thu-3,ou=mailboxes," + BASE);
                taken.setAttribute("cn", "van-thu-3");
                taken.setAttribute("mail", "toi.to@city.example");
                assertThatThrownBy(() -> backbone.add(taken)).as("nor is it a person's").isInstanceOf(LDAPException.class);
            } finally {
                backbone.delete(dn);
                backbone.delete(PERSON);
            }
        }
    }

    private static Entry unit(String dn, String identifier) throws LDAPException {
        String id = Objects.requireNonNull(new Entry(dn).getRDN()).getAttributeValues()[0];
        return new Entry(dn, new Attribute("objectClass", "organizationalUnit", "antinAgency"), new Attribute("ou", id), new Attribute("displayName", "Ban Tổ chức Thành ủy"),
            new Attribute("antinLevel", "city"), new Attribute("antinBody", Body.PARTY.word()), new Attribute("antinKind", "party-committee-board"),
            new Attribute("antinOrganizationId", identifier), new Attribute("antinStatus", "active"), new Attribute("mail", id + "@city.example"),
            new Attribute("labeledURI", "https://city.example"), new Attribute("postalAddress", "Số 1, đường Hòa Bình$Thành phố"), new Attribute("telephoneNumber", "+84 24 0000 0000"),
            new Attribute("antinHistory", "2026-07-01 merged with ban-dan-van"));
    }

    private static Entry person() {
        return new Entry(PERSON, new Attribute("objectClass", "inetOrgPerson", "antinStaff"), new Attribute("uid", "290001"), new Attribute("cn", "Tô Văn Tới"),
            new Attribute("sn", "Tô"), new Attribute("mail", "toi.to@city.example"), new Attribute("antinUnit", "ban-to-chuc"), new Attribute("antinStatus", "active"),
            new Attribute("title", "Trưởng ban"));
    }

    private static List<String> names(LDAPConnection connection, String base, String filter) throws LDAPSearchException {
        return Objects.requireNonNull(connection.search(base, SearchScope.SUB, filter, "1.1").getSearchEntries()).stream().map(SearchResultEntry::getDN).toList();
    }
}
