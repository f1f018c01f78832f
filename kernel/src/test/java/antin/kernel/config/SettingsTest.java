package antin.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private Path file;

    @BeforeEach
    void folder(@TempDir Path home) throws IOException {
        file = Files.createDirectory(home.resolve("conf")).resolve("mail-server.properties");
    }

    @Test
    void readsEachKindOfValue() throws IOException {
        Settings settings = settings("name = Ủy ban\nport=10025\nfile=secrets/x\nwait=PT2M\nopen=true\nhosts=a:1, b:2\n");
        assertThat(settings.text("name")).isEqualTo("Ủy ban");
        assertThat(settings.port("port")).isEqualTo(10025);
        assertThat(settings.path("file")).isEqualTo(settings.home().resolve("secrets/x"));
        assertThat(settings.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.flag("open", false)).isTrue();
        assertThat(settings.list("hosts")).containsExactly("a:1", "b:2");
        settings.refuseUnknownKeys();
    }

    @Test
    void refusesAnUnknownKeyAndNamesTheNearest() throws IOException {
        Settings settings = settings("smtp-prot=10025\nsmtp-port=10025\n");
        settings.port("smtp-port");
        settings.optionalText("imap-port");
        assertThatThrownBy(settings::refuseUnknownKeys).isInstanceOf(Problem.class)
            .hasMessageContaining("smtp-prot").hasMessageContaining("Did you mean smtp-port?");
    }

    @Test
    void refusesAValueOfAnotherKind() throws IOException {
        Settings settings = settings("port=70000\nopen=yes\nwait=5 minutes\n");
        assertThatThrownBy(() -> settings.port("port")).hasMessageContaining("a port from 1 to 65535");
        assertThatThrownBy(() -> settings.flag("open", false)).hasMessageContaining("true or false");
        assertThatThrownBy(() -> settings.duration("wait", Duration.ZERO)).hasMessageContaining("PT15M");
        assertThatThrownBy(() -> settings.text("absent")).hasMessageContaining("absent").hasMessageContaining("is missing");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Settings.read(file)).isInstanceOf(Problem.class).hasMessageContaining("cannot be read");
    }

    private Settings settings(String text) throws IOException {
        Files.writeString(file, text);
        return Settings.read(file);
    }
}
