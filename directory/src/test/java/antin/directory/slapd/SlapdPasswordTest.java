package antin.directory.slapd;

import antin.directory.PasswordContract;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlapdPasswordTest implements PasswordContract {

    private static final List<TestSlapd> RUNNING = new ArrayList<>();

    @BeforeAll
    static void start() {
        RUNNING.add(TestSlapd.start(POLICY));
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(TestSlapd::close);
    }

    @Override
    public void bind(String dn, String password) throws LDAPException {
        RUNNING.getFirst().raw().bound(dn, password).close();
    }

    @Override
    public LDAPConnection backbone() throws LDAPException {
        return RUNNING.getFirst().raw().external(RUNNING.getFirst().internalFolder(), "backbone");
    }
}
