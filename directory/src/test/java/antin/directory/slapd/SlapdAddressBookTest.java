package antin.directory.slapd;

import antin.directory.AddressBookAccess;
import antin.directory.AddressBookContract;
import antin.directory.ldap.LdapDirectory;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlapdAddressBookTest implements AddressBookContract {

    private static final List<TestSlapd> RUNNING = new ArrayList<>();
    private static final List<LdapDirectory> OPEN = new ArrayList<>();

    @BeforeAll
    static void start() {
        RUNNING.add(TestSlapd.start());
        OPEN.add(LdapDirectory.connect(RUNNING.getFirst().settings(), RUNNING.getFirst().identity("backbone")));
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(LdapDirectory::close);
        RUNNING.forEach(TestSlapd::close);
    }

    @Override
    public LDAPConnection process(String name) throws LDAPException {
        return RUNNING.getFirst().raw().external(RUNNING.getFirst().internalFolder(), name);
    }

    @Override
    public LDAPConnection bound(String dn, String password) throws LDAPException {
        return RUNNING.getFirst().raw().bound(dn, password);
    }

    @Override
    public AddressBookAccess access() {
        return OPEN.getFirst().addressBookAccess();
    }

    @Override
    public int ldapsPort() {
        return RUNNING.getFirst().settings().hosts().getFirst().port();
    }

    @Override
    public Path rootFile() {
        return RUNNING.getFirst().settings().trustFile();
    }
}
