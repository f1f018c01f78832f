package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    private Installation installation;

    @BeforeEach
    void folder(@TempDir Path home) {
        installation = new Installation(home, home, Path.of("java"));
    }

    @Test
    void movesEveryPortByTheOffset() throws IOException {
        ConfigurationFiles.create(installation, new LauncherSettings(20_000, false));
        String mail = Files.readString(installation.conf("mail-server"));
        assertThat(mail).contains("imaps-port=30993", "login-url=https://localhost:29440", ":35432/mail").doesNotContain("{");
        assertThat(Files.readString(installation.conf("backbone"))).contains("public-url=https://localhost:28440", "sample=false");
        assertThat(LauncherSettings.read(installation)).isEqualTo(new LauncherSettings(20_000, false));
    }

    @Test
    void neverTouchesAConfigurationThatIsThere() throws IOException {
        ConfigurationFiles.create(installation, new LauncherSettings(0, true));
        Files.writeString(installation.conf("backbone"), "port=1\n");
        ConfigurationFiles.create(installation, new LauncherSettings(0, true));
        assertThat(Files.readString(installation.conf("backbone"))).isEqualTo("port=1\n");
    }

    @Test
    void refusesAnUnknownKeyOfItsOwn() throws IOException {
        ConfigurationFiles.create(installation, new LauncherSettings(0, true));
        Files.writeString(installation.conf("launcher"), "port-ofset=5\n");
        assertThatThrownBy(() -> LauncherSettings.read(installation)).isInstanceOf(Problem.class).hasMessageContaining("Did you mean port-offset?");
    }

    @Test
    void makesSecretsForItsOwnerOnlyAndKeepsThem() throws IOException {
        Secrets.create(installation);
        Path key = installation.secret("backbone.key");
        String first = Files.readString(key);
        Secrets.create(installation);
        assertThat(Files.readString(key)).isEqualTo(first).hasSizeGreaterThan(40);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent()))).isEqualTo("rwx------");
    }

    @Test
    void neverMakesALostSecretAnew() throws IOException {
        Secrets.create(installation);
        Files.delete(installation.secret("backbone.key"));
        assertThatThrownBy(() -> Secrets.create(installation)).isInstanceOf(Problem.class).hasMessageContaining("Restore it from the backup");
    }

    @Test
    void finishesSecretsThatAFirstRunLeftHalfMade() throws IOException {
        Secrets.create(installation);
        Files.delete(installation.secret("complete"));
        Files.delete(installation.secret("backbone.key"));
        Secrets.create(installation);
        assertThat(installation.secret("backbone.key")).exists();
    }

    @Test
    void knowsWhichOffsetsLeaveEveryPortAPort() {
        assertThat(Port.isUsable(0)).isTrue();
        assertThat(Port.isUsable(20_000)).isTrue();
        assertThat(Port.isUsable(-8_000)).isFalse();
        assertThat(Port.isUsable(50_103)).isTrue();
        assertThat(Port.isUsable(50_104)).isFalse();
    }
}
