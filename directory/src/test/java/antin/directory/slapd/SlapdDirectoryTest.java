package antin.directory.slapd;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Directory;
import antin.directory.DirectoryContract;
import antin.directory.Role;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.RawLdap;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against Debian's slapd, as the least of its clients: what mail-server may read is enough. */
class SlapdDirectoryTest implements DirectoryContract {

    private static final Known ACTIVE = new Known("200001", "Nguyễn Thị Ấn", "an.nguyen@city.example", "an.nguyen@so-noi-vu.city.example", "so-noi-vu",
        Role.LEADER, "Mật-khẩu-đúng-1");
    private static final Known DISABLED = new Known("200002", "Lý Thị Quỳnh", "quynh.ly@city.example", "quynh.ly@so-noi-vu.city.example", "so-noi-vu",
        Role.STAFF, "Mật-khẩu-đúng-2");
    private static final Known GUESSED = new Known("200003", "Ngô Bảo Ngân", "ngan.ngo@city.example", "ngan.ngo@so-noi-vu.city.example", "so-noi-vu",
        Role.STAFF, "Mật-khẩu-đúng-3");
    private static @Nullable TestSlapd server;
    private static @Nullable LdapDirectory directory;

    @BeforeAll
    static void startWithThreePeople() throws LDAPException {
        TestSlapd slapd = TestSlapd.start();
        server = slapd;
        try (LDAPConnection backbone = slapd.raw().external(slapd.internalFolder(), "backbone")) {
            SlapdPeople.addUnit(backbone, "ubnd-tp", "", "Ủy ban nhân dân thành phố");
            SlapdPeople.addUnit(backbone, "so-noi-vu", "ou=ubnd-tp,", "Sở Nội vụ");
            SlapdPeople.add(backbone, ACTIVE, "active");
            SlapdPeople.add(backbone, DISABLED, "disabled");
            SlapdPeople.add(backbone, GUESSED, "active");
        }
        directory = LdapDirectory.connect(slapd.settings(), slapd.identity("mail-server"));
    }

    @AfterAll
    static void stop() {
        if (directory != null) {
            directory.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Directory directory() {
        return Objects.requireNonNull(directory);
    }

    @Override
    public Known active() {
        return ACTIVE;
    }

    @Override
    public Known disabled() {
        return DISABLED;
    }

    @Override
    public Known guessed() {
        return GUESSED;
    }

    @Test
    void listsMoreUnitsThanTheServerGivesAtOnce() throws LDAPException {
        int before = directory().units().size();
        List<String> added = new ArrayList<>();
        TestSlapd slapd = Objects.requireNonNull(server);
        RawLdap raw = slapd.raw();
        try (LDAPConnection backbone = raw.external(slapd.internalFolder(), "backbone")) {
            for (int i = 0; i < 1_100; i++) {
                added.add(SlapdPeople.addUnit(backbone, "part-" + i, "ou=ubnd-tp,", "Phần " + i));
            }
            assertThat(directory().units()).hasSize(before + 1_100);
            for (String dn : added) {
                backbone.delete(dn);
            }
        }
    }
}
