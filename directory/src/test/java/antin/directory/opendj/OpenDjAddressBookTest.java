package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.AddressBookAccess;
import antin.directory.AddressBookContract;
import antin.directory.ldap.LdapDirectory;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OpenDjAddressBookTest implements AddressBookContract {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final LdapDirectory DIRECTORY = LdapDirectory.connect(SERVER.settings(), SERVER.backbone());

    @AfterAll
    static void disconnect() {
        DIRECTORY.close();
    }

    /** So many entries and so much time a search; and none that no index answers, which is a right that they do not have. */
    @Test
    void keepsASearchShort() throws LDAPException {
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            SearchResultEntry entry = manager.getEntry(access().bindName(ACCESS.id()), "*", "+");
            assertThat(entry).isNotNull().satisfies(own -> {
                assertThat(own.getAttributeValue("ds-rlim-size-limit")).isEqualTo("500");
                assertThat(own.getAttributeValue("ds-rlim-time-limit")).isEqualTo("5");
                assertThat(own.hasAttribute("ds-privilege-name")).isFalse();
                assertThat(own.getAttributeValue("userPassword")).as("fast: it is random and long").startsWith("{SSHA512}");
            });
        }
    }

    @Override
    public LDAPConnection process(String name) throws LDAPException {
        return new RawLdap(SERVER).external(SERVER.internalFolder(), name);
    }

    @Override
    public LDAPConnection bound(String dn, String password) throws LDAPException {
        return new RawLdap(SERVER).bound(dn, password);
    }

    @Override
    public AddressBookAccess access() {
        return DIRECTORY.addressBookAccess();
    }

    @Override
    public int ldapsPort() {
        return SERVER.ldapsPort();
    }

    @Override
    public Path rootFile() {
        return SERVER.rootFile();
    }
}
