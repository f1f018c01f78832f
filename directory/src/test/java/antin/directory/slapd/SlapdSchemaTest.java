package antin.directory.slapd;

import antin.directory.SchemaContract;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlapdSchemaTest implements SchemaContract {

    private static final List<TestSlapd> RUNNING = new ArrayList<>();

    @BeforeAll
    static void start() {
        RUNNING.add(TestSlapd.start());
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(TestSlapd::close);
    }

    @Override
    public LDAPConnection process(String name) throws LDAPException {
        return RUNNING.getFirst().raw().external(RUNNING.getFirst().internalFolder(), name);
    }
}
