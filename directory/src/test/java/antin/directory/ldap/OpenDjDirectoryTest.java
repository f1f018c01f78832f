package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Directory;
import antin.directory.DirectoryContract;
import antin.directory.Role;
import antin.directory.opendj.RawLdap;
import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against OpenDJ, as the least of its clients: what mail-server may read is enough. */
class OpenDjDirectoryTest implements DirectoryContract {

    private static final TestDirectory SERVER = TestDirectory.shared();
    private static final LdapDirectory DIRECTORY = LdapDirectory.connect(SERVER.settings(), SERVER.mailServer());

    @BeforeAll
    static void disableOnePerson() throws LDAPException {
        setStatus("disabled");
    }

    @AfterAll
    static void enableAgain() throws LDAPException {
        setStatus("active");
        DIRECTORY.close();
    }

    @Override
    public Directory directory() {
        return DIRECTORY;
    }

    @Override
    public Known active() {
        return known("an.nguyen");
    }

    @Override
    public Known disabled() {
        return known("quynh.ly");
    }

    @Override
    public Known guessed() {
        return known("ngan.ngo");
    }

    /** Otherwise the time of the answer would tell who exists. */
    @Test
    void triesAPasswordForUnknownPeopleToo() throws IOException {
        Path log = SERVER.state().resolve("directory/opendj/logs/access");
        long before = decoyBinds(log);
        DIRECTORY.authenticate("999998", "password");
        Awaitility.await().untilAsserted(() -> assertThat(decoyBinds(log)).isEqualTo(before + 1));
    }

    @Test
    void listsMoreUnitsThanTheServerGivesAtOnce() throws Exception {
        int before = DIRECTORY.units().size();
        String top = "ou=many,ou=units," + TestDirectory.BASE;
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            manager.add("dn: " + top, "objectClass: organizationalUnit", "objectClass: antinAgency", "ou: many", "displayName: Nhiều", "antinLevel: city");
            try {
                for (int i = 0; i < 1_100; i++) {
                    manager.add("dn: ou=part-" + i + "," + top, "objectClass: organizationalUnit", "objectClass: antinAgency", "ou: part-" + i,
                        "displayName: Phần " + i, "antinLevel: district");
                }
                assertThat(DIRECTORY.units()).hasSize(before + 1_101).filteredOn(unit -> "many".equals(unit.parent())).hasSize(1_100);
            } finally {
                DeleteRequest all = new DeleteRequest(top);
                all.addControl(new SubtreeDeleteRequestControl());
                manager.delete(all);
            }
        }
    }

    private static long decoyBinds(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("BIND REQ") && line.contains("cn=decoy,")).count();
        }
    }

    private static Known known(String local) {
        TestPerson person = SERVER.person(local);
        return new Known(person.number(), person.name(), person.address(), local + '@' + person.unit() + ".city.example", person.unit(),
            Role.of(person.role()).orElseThrow(), person.password());
    }

    private static void setStatus(String status) throws LDAPException {
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            manager.modify("uid=" + SERVER.person("quynh.ly").number() + ",ou=people," + TestDirectory.BASE,
                new Modification(ModificationType.REPLACE, "antinStatus", status));
        }
    }
}
