package antin.directory.ldap;

import antin.directory.BelongingsContract;
import antin.directory.Directory;
import antin.directory.GrantsContract;
import antin.directory.Register;
import antin.directory.RegisterContract;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestDirectory;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;

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
}
