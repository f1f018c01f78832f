package antin.directory.opendj;

import antin.directory.SchemaContract;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;

class OpenDjSchemaTest implements SchemaContract {

    private static final TestDirectory SERVER = TestDirectory.shared();

    @Override
    public LDAPConnection process(String name) throws LDAPException {
        return new RawLdap(SERVER).external(SERVER.internalFolder(), name);
    }
}
