package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.BelongingsContract;
import antin.directory.Directory;
import antin.directory.GrantsContract;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.RegisterContract;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestAuthority;
import antin.directory.opendj.TestDirectory;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDjRegisterTest implements RegisterContract, GrantsContract, BelongingsContract {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final LdapDirectory DIRECTORY = LdapDirectory.connect(SERVER.settings(), SERVER.backbone());
    private static final Register REGISTER = DIRECTORY.register();
    private static final LdapDirectory AS_MAIL_SERVER = LdapDirectory.connect(SERVER.settings(), SERVER.mailServer());

    @AfterAll
    static void removeAll() throws LDAPException {
        DIRECTORY.close();
        AS_MAIL_SERVER.close();
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            for (SearchResultEntry entry : Objects.requireNonNull(manager.search("ou=people," + TestDirectory.BASE, SearchScope.ONE, "(&(uid=95*)(mail=*))", "1.1").getSearchEntries())) {
                manager.delete(entry.getDN());
            }
            for (String place : new String[] {"ou=units,", "ou=groups,", "ou=mailboxes,"}) {
                for (SearchResultEntry entry : Objects.requireNonNull(manager.search(place + TestDirectory.BASE, SearchScope.ONE, "(|(ou=rc-*)(cn=rc-*))", "1.1").getSearchEntries())) {
                    DeleteRequest whole = new DeleteRequest(entry.getDN());
                    whole.addControl(new SubtreeDeleteRequestControl());
                    manager.delete(whole);
                }
            }
        }
    }

    @Override
    public Register register() {
        return REGISTER;
    }

    @Override
    public Directory directory() {
        return AS_MAIL_SERVER;
    }

    @Override
    public void addForeign(String number) {
        try (LDAPConnection backbone = new RawLdap(SERVER).external(SERVER.internalFolder(), "backbone")) {
            backbone.add(Foreign.person(number));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 2315, 9.1, as openssl reads it. */
    @Test
    void mailProgramsFindCertificatesAsTheyWantThem(@TempDir Path folder) throws Exception {
        PersonEntry person = REGISTER.add(RegisterContract.person("so-noi-vu"));
        X509Certificate certificate = new TestAuthority("CN=Trần Thị Bình").certificate();
        REGISTER.setCertificates(person.number(), List.of(certificate.getEncoded()));
        Path packed = folder.resolve("certificates.p7c");
        try (LDAPConnection backbone = new RawLdap(SERVER).external(SERVER.internalFolder(), "backbone")) {
            String dn = "uid=" + person.number() + ",ou=people," + TestDirectory.BASE;
            Files.write(packed, Objects.requireNonNull(Objects.requireNonNull(backbone.getEntry(dn, "userSMIMECertificate")).getAttributeValueBytes("userSMIMECertificate")));
        }
        Process openssl = new ProcessBuilder("openssl", "pkcs7", "-inform", "DER", "-in", packed.toString(), "-print_certs").redirectErrorStream(true).start();
        String pem = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).as(pem).isZero();
        assertThat(pem.replaceAll("\\s", "")).contains(Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }
}
