package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.directory.AddressBookAccess.Access;
import antin.directory.opendj.TestAuthority;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mail client's address book gets of every server, and what not. */
public interface AddressBookContract {

    String BASE = SchemaContract.BASE;
    String PERSON = "uid=290101,ou=people," + BASE;
    String GONE = "uid=290102,ou=people," + BASE;
    String UNIT = "ou=phong-dia-chi,ou=units," + BASE;
    String CLOSED = "ou=phong-da-dong,ou=units," + BASE;
    Access ACCESS = new Access("0a1b2c3d-0000-4000-8000-000000000001", "290101");
    String PASSWORD = "abcdefghijklmnopqrstuvwx2";
    Set<String> OF_PEOPLE = Set.of("objectclass", "cn", "sn", "givenname", "displayname", "mail", "title", "telephonenumber", "uid", "antinunit", "usercertificate", "usersmimecertificate");
    Set<String> OF_UNITS = Set.of("objectclass", "ou", "displayname", "postaladdress", "telephonenumber", "mail", "labeleduri");
    TestAuthority AUTHORITY = new TestAuthority("CN=Test Issuing CA");

    /** A new connection that is {@code backbone} or {@code mail-server}; the caller closes it. */
    LDAPConnection process(String name) throws LDAPException;

    LDAPConnection bound(String dn, String password) throws LDAPException;

    AddressBookAccess access();

    int ldapsPort();

    /** The CA of the server's certificate. */
    Path rootFile();

    @BeforeEach
    default void openAnAddressBook() throws LDAPException, GeneralSecurityException {
        byte[] certificate = AUTHORITY.certificate().getEncoded();
        byte[] packed = CertificateFactory.getInstance("X.509").generateCertPath(List.of(AUTHORITY.certificate())).getEncoded("PKCS7");
        try (LDAPConnection backbone = process("backbone")) {
            for (String dn : List.of(PERSON, GONE)) {
                Entry person = new Entry(dn, new Attribute("objectClass", "inetOrgPerson", "antinStaff"), new Attribute("cn", "Nguyễn Văn Đức"),
                    new Attribute(PlainLetters.NAME, PlainLetters.of("Nguyễn Văn Đức")), new Attribute("sn", "Nguyễn"), new Attribute("givenName", "Đức"),
                    new Attribute("displayName", "Nguyễn Văn Đức"), new Attribute("uid", dn.substring(4, 10)), new Attribute("mail", "duc.nguyen." + dn.substring(4, 10) + "@city.example"),
                    new Attribute("antinMailAlternateAddress", dn.substring(4, 10) + "@noi-vu.city.example"), new Attribute("antinUnit", "so-noi-vu"),
                    new Attribute("title", "Chuyên viên"), new Attribute("telephoneNumber", "+84 24 3825 0001"), new Attribute("mobile", "+84 912 345 678"),
                    new Attribute("antinRole", "leader"), new Attribute("antinStatus", dn.equals(GONE) ? "disabled" : "active"), new Attribute("antinHistory", "2026-01-01 came"),
                    new Attribute("antinPosition", "so-noi-vu///Ủy viên"), new Attribute("preferredLanguage", "vi"), new Attribute("jpegPhoto", new byte[] {1, 2, 3}),
                    new Attribute("userCertificate;binary", certificate), new Attribute("userSMIMECertificate", packed), new Attribute("userPassword", "Mật-khẩu-290101-Dài"));
                backbone.add(person);
            }
            for (String dn : List.of(UNIT, CLOSED)) {
                String id = dn.substring(3, dn.indexOf(','));
                backbone.add(new Entry(dn, new Attribute("objectClass", "organizationalUnit", "antinAgency"), new Attribute("ou", id), new Attribute("displayName", "Phòng Địa chỉ"),
                    new Attribute("antinLevel", "city"), new Attribute("antinKind", "department"), new Attribute("postalAddress", "1 Lê Lợi"), new Attribute("telephoneNumber", "+84 24 3825 0002"),
                    new Attribute("mail", id + "@city.example"), new Attribute("labeledURI", "https://city.example"), new Attribute("antinStatus", dn.equals(CLOSED) ? "disabled" : "active"),
                    new Attribute("antinHead", PERSON), new Attribute("antinHistory", "2026-01-01 founded")));
            }
        }
        access().open(ACCESS, PASSWORD);
    }

    @AfterEach
    default void leaveItAsItWas() throws LDAPException {
        access().close(ACCESS.id());
        try (LDAPConnection backbone = process("backbone")) {
            for (String dn : List.of(PERSON, GONE, UNIT, CLOSED)) {
                backbone.delete(dn);
            }
        }
    }

    @Test
    default void showsOfPeopleAndUnitsWhatIsPublicAndNothingElse() throws LDAPException {
        try (LDAPConnection client = client()) {
            assertThat(names(only(client, PERSON))).isEqualTo(OF_PEOPLE);
            assertThat(names(only(client, UNIT))).isEqualTo(OF_UNITS);
            assertThat(client.compare(PERSON, "mail", "duc.nguyen.290101@city.example").compareMatched()).isTrue();
        }
    }

    /** The filters are those that Thunderbird sends for what somebody types: while writing an address, and in the window of the address book. */
    @Test
    default void findsPeopleAsTheyAreTyped() throws LDAPException {
        try (LDAPConnection client = client()) {
            for (String typed : List.of("nguyen van duc", "nguyễn văn đức", "Nguyen", "van duc", "duc.nguyen.290101")) {
                String writing = "(|(cn=*" + typed + "*)(mail=" + typed + "*)(sn=" + typed + "*))";
                assertThat(found(client, BASE, writing)).as(writing).contains(PERSON).doesNotContain(GONE);
                String window = Stream.of("cn", "givenName", "sn", "mozillaNickname", "mail", "mozillaSecondEmail", "description", "o", "ou", "title", "mozillaWorkUrl", "mozillaHomeUrl")
                    .map(attribute -> '(' + attribute + "=*" + typed + "*)").collect(Collectors.joining("", "(|", ")"));
                assertThat(found(client, BASE, window)).as(window).contains(PERSON).doesNotContain(GONE);
            }
            assertThat(found(client, BASE, "(&(objectClass=inetOrgPerson)(telephoneNumber=*38250001))")).contains(PERSON);
            assertThat(found(client, "ou=units," + BASE, "(displayName=phòng địa*)")).contains(UNIT).doesNotContain(CLOSED);
        }
    }

    @Test
    default void findsNobodyByWhatIsNotPublic() throws LDAPException {
        try (LDAPConnection client = client()) {
            for (String filter : List.of("(antinRole=leader)", "(antinStatus=disabled)", "(antinMailAlternateAddress=290101@noi-vu.city.example)", "(mobile=+84912345678)",
                "(antinPosition=so-noi-vu/*)", "(antinHead=" + PERSON + ")", "(userPassword=*)", "(seeAlso=*)", "(objectClass=simpleSecurityObject)", "(objectClass=applicationProcess)",
                "(objectClass=groupOfNames)", "(objectClass=antinMailbox)", "(&(uid=290101)(antinRole=leader))", "(&(uid=290101)(!(antinRole=leader)))")) {
                assertThat(found(client, BASE, filter)).as(filter).isEmpty();
            }
            assertThat(found(client, BASE, "(uid=290102)")).as("disabled").isEmpty();
        }
    }

    @Test
    default void showsNothingElseThanPeopleAndUnits() throws LDAPException {
        try (LDAPConnection client = client()) {
            for (String place : List.of("", BASE, "ou=people," + BASE, "ou=units," + BASE, "ou=groups," + BASE, "ou=mailboxes," + BASE, "ou=services," + BASE, "ou=address-book-access," + BASE,
                access().bindName(ACCESS.id()), GONE, CLOSED, "cn=schema", "cn=subschema", "cn=config", "cn=monitor", "cn=admin data", "cn=tasks")) {
                assertThat(entries(client, place, SearchScope.BASE, "(objectClass=*)")).as(place).isEmpty();
            }
            assertThatThrownBy(() -> client.compare(access().bindName(ACCESS.id()), "cn", ACCESS.id())).isInstanceOf(LDAPException.class);
            assertThatThrownBy(() -> client.compare(PERSON, "antinRole", "leader")).isInstanceOf(LDAPException.class);
        }
    }

    @Test
    default void writesNothing() throws LDAPException {
        String own = access().bindName(ACCESS.id());
        try (LDAPConnection client = client()) {
            for (String dn : List.of(PERSON, UNIT, own)) {
                for (String attribute : List.of("telephoneNumber", "description", "seeAlso", "userPassword", "ds-privilege-name", "pwdPolicySubentry", "aci")) {
                    assertThatThrownBy(() -> client.modify(dn, new Modification(ModificationType.REPLACE, attribute, PERSON))).as(dn + ' ' + attribute).isInstanceOf(LDAPException.class);
                }
                assertThatThrownBy(() -> client.delete(dn)).isInstanceOf(LDAPException.class);
            }
            assertThatThrownBy(() -> client.add("cn=own,ou=address-book-access," + BASE, new Attribute("objectClass", "applicationProcess"), new Attribute("cn", "own")))
                .isInstanceOf(LDAPException.class);
            assertThat(client.processExtendedOperation(new PasswordModifyExtendedRequest(PASSWORD, "another-Passw0rd")).getResultCode()).isNotEqualTo(ResultCode.SUCCESS);
        }
        client().close(); // still the old password
    }

    @Test
    default void opensToItsPasswordOnlyAndNoLongerOnceClosed() throws LDAPException {
        assertThatThrownBy(() -> bound(access().bindName(ACCESS.id()), PASSWORD + 'x')).isInstanceOf(LDAPException.class);
        access().open(ACCESS, "another-password-for-the-same"); // again: nothing happens
        client().close();
        assertThat(access().all()).contains(ACCESS);
        access().close(ACCESS.id());
        access().close(ACCESS.id());
        assertThat(access().all()).doesNotContain(ACCESS);
        assertThatThrownBy(this::client).isInstanceOf(LDAPException.class);
    }

    /** Nobody outside can lock somebody's address book: its name is no secret, and its password is not guessed. */
    @Test
    default void wrongPasswordsLockNothing() throws LDAPException {
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(() -> bound(access().bindName(ACCESS.id()), "wrong")).isInstanceOf(LDAPException.class);
        }
        client().close();
    }

    @Test
    default void nobodyTakesTheDirectoryHomePageByPage() throws LDAPException {
        try (LDAPConnection client = client()) {
            SearchRequest page = new SearchRequest(BASE, SearchScope.SUB, "(cn=*nguyen*)", "cn");
            page.addControl(new SimplePagedResultsControl(1, null, true));
            assertThatThrownBy(() -> client.search(page)).isInstanceOf(LDAPException.class);
        }
    }

    @Test
    default void givesCertificatesToDebiansLdapsearchAndOpenssl(@TempDir Path folder) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/ldapsearch")) && Files.isExecutable(Path.of("/usr/bin/openssl"));
        if (!there) {
            System.err.println("SKIPPED: ldapsearch or openssl is not installed (apt install ldap-utils openssl)");
        }
        assumeTrue(there, "ldapsearch or openssl is not installed");
        Path secret = Files.writeString(folder.resolve("password"), PASSWORD);
        List<String> lines = run(folder, "ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-x", "-H", "ldaps://127.0.0.1:" + ldapsPort(), "-D", access().bindName(ACCESS.id()), "-y", secret.toString(),
            "-b", access().searchBase(), "(|(cn=*nguyen van duc*)(mail=duc.nguyen*))", "mail", "userCertificate;binary", "userSMIMECertificate");
        assertThat(lines).contains("dn: " + PERSON, "mail: duc.nguyen.290101@city.example");
        Path der = write(folder, lines, "userCertificate;binary:: ");
        assertThat(run(folder, "openssl", "x509", "-inform", "DER", "-in", der.toString(), "-noout", "-subject")).anyMatch(line -> line.contains("Test Issuing CA"));
        Path packed = write(folder, lines, "userSMIMECertificate:: ");
        assertThat(run(folder, "openssl", "pkcs7", "-inform", "DER", "-in", packed.toString(), "-print_certs", "-noout")).anyMatch(line -> line.contains("Test Issuing CA"));
    }

    private LDAPConnection client() throws LDAPException {
        return bound(access().bindName(ACCESS.id()), PASSWORD);
    }

    private static SearchResultEntry only(LDAPConnection client, String dn) throws LDAPException {
        return entries(client, dn, SearchScope.BASE, "(objectClass=*)").getFirst();
    }

    private static Set<String> names(SearchResultEntry entry) {
        return entry.getAttributes().stream().map(attribute -> attribute.getBaseName().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static List<String> found(LDAPConnection client, String base, String filter) throws LDAPException {
        return entries(client, base, SearchScope.SUB, filter).stream().map(SearchResultEntry::getDN).toList();
    }

    /** What a search shows; a refusal shows nothing. */
    private static List<SearchResultEntry> entries(LDAPConnection client, String base, SearchScope scope, String filter) throws LDAPException {
        try {
            return Objects.requireNonNull(client.search(base, scope, filter, "*", "+").getSearchEntries());
        } catch (LDAPSearchException e) {
            assertThat(e.getResultCode()).as(filter).isIn(ResultCode.NO_SUCH_OBJECT, ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(e.getEntryCount()).isZero();
            return List.of();
        }
    }

    private List<String> run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LDAPTLS_CACERT", rootFile().toString());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Arrays.toString(command) + Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }

    private static Path write(Path folder, List<String> lines, String attribute) throws IOException {
        String value = lines.stream().filter(line -> line.startsWith(attribute)).findFirst().orElseThrow(() -> new AssertionError("no " + attribute + " in " + lines));
        return Files.write(Files.createTempFile(folder, "value", ".der"), Base64.getDecoder().decode(value.substring(attribute.length())));
    }
}
