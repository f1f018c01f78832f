package antin.directory.slapd;

import antin.directory.BelongingsContract;
import antin.directory.Directory;
import antin.directory.GrantsContract;
import antin.directory.Register;
import antin.directory.RegisterContract;
import antin.directory.ldap.Foreign;
import antin.directory.ldap.LdapDirectory;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlapdRegisterTest implements RegisterContract, GrantsContract, BelongingsContract {

    private static final List<TestSlapd> RUNNING = new ArrayList<>();
    private static final List<LdapDirectory> OPEN = new ArrayList<>();
    private static final List<Register> REGISTERS = new ArrayList<>();

    @BeforeAll
    static void start() {
        RUNNING.add(TestSlapd.start());
        OPEN.add(LdapDirectory.connect(RUNNING.getFirst().settings(), RUNNING.getFirst().identity("backbone")));
        OPEN.add(LdapDirectory.connect(RUNNING.getFirst().settings(), RUNNING.getFirst().identity("mail-server")));
        REGISTERS.add(OPEN.getFirst().register());
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(LdapDirectory::close);
        RUNNING.forEach(TestSlapd::close);
    }

    @Override
    public Register register() {
        return REGISTERS.getFirst();
    }

    @Override
    public Directory directory() {
        return OPEN.getLast();
    }

    @Override
    public void addForeign(String number) {
        try (LDAPConnection backbone = RUNNING.getFirst().raw().external(RUNNING.getFirst().internalFolder(), "backbone")) {
            backbone.add(Foreign.person(number));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }
}
