package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapSettingsTest {

    @TempDir
    private Path home;

    @Test
    void readsItsFourKeys() throws IOException {
        Settings settings = settings("directory.hosts=127.0.0.1:10636, [::1]:636\ndirectory.base=dc=city,dc=example\n"
            + "directory.trust-file=tls/root.pem\ndirectory.mail-domain=City.example\n");
        assertThat(LdapSettings.read(settings)).isEqualTo(new LdapSettings(
            List.of(new LdapSettings.Host("127.0.0.1", 10636), new LdapSettings.Host("::1", 636)),
            "dc=city,dc=example", home.resolve("tls/root.pem"), "city.example"));
        settings.refuseUnknownKeys();
    }

    @Test
    void refusesAHostWithoutAPort() throws IOException {
        for (String hosts : List.of("directory.example", "a:0", "a:99999", ":636", "a:x", "")) {
            Settings settings = settings("directory.hosts=" + hosts + "\ndirectory.base=x\ndirectory.trust-file=x\ndirectory.mail-domain=x\n");
            assertThatThrownBy(() -> LdapSettings.read(settings)).isInstanceOf(Problem.class).hasMessageContaining("directory.hosts");
        }
    }

    private Settings settings(String text) throws IOException {
        Path file = Files.createDirectories(home.resolve("conf")).resolve("test.properties");
        Files.writeString(file, text);
        return Settings.read(file);
    }
}
