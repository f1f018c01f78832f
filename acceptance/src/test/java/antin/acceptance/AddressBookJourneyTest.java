package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Mail clients find people by LDAP with a password made for that; nobody else reads anything. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class AddressBookJourneyTest {

    @Test
    void findsPeopleByNameAndAddressAndShowsWhatIsPublic(Antin antin, @TempDir Path folder) throws IOException {
        Antin.Person owner = antin.people().getFirst();
        String[] entry = antin.run("sample", "app-password", owner.address(), "address-book").succeeds().text().split("\t", -1);
        assertThat(entry).hasSize(2);
        Ldap ldap = new Ldap(antin, folder);
        // As Thunderbird asks while somebody writes an address
        String found = ldap.search(entry[1], entry[0], "(|(mail=huong.vu*)(cn=*huong.vu*)(sn=huong.vu*))").succeeds().output();
        assertThat(found).contains("mail: huong.vu@city.example", "antinUnit: so-noi-vu").doesNotContain("antinRole", "antinStatus", "antinHistory", "userPassword", "mobile:", "antinPosition");
        // and the certificate to encrypt to (RFC 4523)
        String certificate = Arrays.stream(ldap.search(entry[1], entry[0], "(mail=huong.vu@city.example)", "userCertificate;binary").succeeds().output().split("\n", -1))
            .filter(line -> line.startsWith("userCertificate;binary:: ")).findFirst().orElseThrow().substring("userCertificate;binary:: ".length());
        Path file = Files.write(folder.resolve("huong.cer"), Base64.getDecoder().decode(certificate));
        assertThat(Tool.run("openssl", "x509", "-inform", "DER", "-in", file.toString(), "-noout", "-email").succeeds().text()).isEqualTo("huong.vu@city.example");
        String unit = ldap.search(entry[1], entry[0], "(ou=so-noi-vu)").succeeds().output();
        assertThat(unit).contains("ou: so-noi-vu");
        assertThat(ldap.search(entry[1], entry[0], "(objectClass=*)", "1.1").output()).as("neither services nor other passwords")
            .doesNotContain("ou=services,", "address-book-access", "ou=groups", "ou=mailboxes");
        assertThat(ldap.search(entry[1], "wrong" + entry[0], "(mail=huong.vu*)").exit()).isNotZero();
    }

    @Test
    void showsNothingToAnybodyElse(Antin antin, @TempDir Path folder) throws IOException {
        Ldap ldap = new Ldap(antin, folder);
        List<String> numbers = Files.readAllLines(antin.home().resolve("sample/people.tsv")).stream().map(line -> line.split("\t", -1)[5]).toList();
        List<Antin.Person> people = antin.people();
        for (int i = 0; i < people.size(); i++) {
            Tool.Result result = ldap.search("uid=" + numbers.get(i) + ",ou=people," + Ldap.BASE, people.get(i).password(), "(objectClass=*)");
            assertThat(result.output()).as(people.get(i).address()).doesNotContain("dn: ").doesNotContain("Invalid credentials");
        }
        assertThat(ldap.search("", "", "(objectClass=*)").output()).as("anonymous").doesNotContain("dn: ");
    }
}
