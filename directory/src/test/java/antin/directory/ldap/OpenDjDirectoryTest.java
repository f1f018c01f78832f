package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory;
import org.junit.jupiter.api.Test;

class OpenDjDirectoryTest {

    @Test
    void authenticates() {
        TestDirectory server = TestDirectory.shared();
        try (LdapDirectory directory = LdapDirectory.connect(server.settings(), server.mailServer())) {
            var person = server.person("an.nguyen");
            assertThat(directory.authenticate(person.number(), person.password())).isPresent();
            assertThat(directory.authenticate(person.number(), "x")).isEmpty();
        }
    }
}
