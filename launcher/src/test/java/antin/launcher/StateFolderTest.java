package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
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
        ConfigurationFiles.create(installation, settings(20_000, false));
        String mail = Files.readString(installation.conf("mail-server"));
        assertThat(Files.readString(installation.conf("signing-service"))).contains("port=28443", "key-ring=pkcs12").doesNotContain("{", "sample-seal");
        assertThat(mail).contains("imaps-port=30993", "login-url=https://localhost:29440", ":35432/mail").doesNotContain("{");
        assertThat(Files.readString(installation.conf("backbone"))).contains("public-url=https://localhost:28440", "sample=false");
        assertThat(LauncherSettings.read(installation)).isEqualTo(settings(20_000, false));
    }

    @Test
    void keepsWhatAnOperatorWroteAndAddsOnlyNewKeys() throws IOException {
        ConfigurationFiles.create(installation, settings(0, true));
        Files.writeString(installation.conf("backbone"), "port=1");
        ConfigurationFiles.create(installation, settings(0, true));
        String file = Files.readString(installation.conf("backbone"));
        assertThat(file).startsWith("port=1\n").contains("\nstatus-port=8441\n").doesNotContain("port=8440\n");
        ConfigurationFiles.create(installation, settings(0, true));
        assertThat(Files.readString(installation.conf("backbone"))).isEqualTo(file);
    }

    @Test
    void writesTheKeyDeviceOfTheFirstRunIntoTheConfiguration() throws IOException {
        Path library = Files.createFile(installation.home().resolve("libsofthsm2.so"));
        KeyDevice device = KeyDevice.named(Map.of("ANTIN_PKCS11", library.toString())).orElseThrow();
        ConfigurationFiles.create(installation, new LauncherSettings(0, true, Optional.of(device)));
        assertThat(LauncherSettings.read(installation).device()).contains(device);
        assertThat(Files.readString(installation.conf("signing-service"))).contains("key-ring=pkcs11", "pkcs11.library=" + library, "pkcs11.token=antin-");
        assertThat(device.environment(installation)).containsEntry("SOFTHSM2_CONF", installation.home().resolve("pkcs11/softhsm2.conf").toString());
    }

    @Test
    void neverMakesUpThePinOfARealDevice() throws IOException {
        Path library = Files.createFile(installation.home().resolve("libhsm.so"));
        KeyDevice device = KeyDevice.named(Map.of("ANTIN_PKCS11", library.toString(), "ANTIN_SAMPLE", "off")).orElseThrow();
        assertThatThrownBy(() -> device.prepare(installation, false)).isInstanceOf(Problem.class).hasMessageContaining("The PIN of the token antin is needed");
        assertThat(installation.secret("pkcs11.pin")).doesNotExist();
    }

    @Test
    void refusesAnUnknownKeyOfItsOwn() throws IOException {
        ConfigurationFiles.create(installation, settings(0, true));
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
    void makesTheSecretsThatANewerVersionNeeds() throws IOException {
        Secrets.create(installation);
        SecretFile.write(installation.secret("complete"), ""); // as the first version left it
        Files.delete(installation.secret("status-keys.password"));
        String key = Files.readString(installation.secret("backbone.key"));
        Secrets.create(installation);
        assertThat(installation.secret("status-keys.password")).exists();
        assertThat(Files.readString(installation.secret("backbone.key"))).isEqualTo(key);
    }

    @Test
    void knowsWhichOffsetsLeaveEveryPortAPort() {
        assertThat(Port.isUsable(0)).isTrue();
        assertThat(Port.isUsable(20_000)).isTrue();
        assertThat(Port.isUsable(-8_000)).isFalse();
        assertThat(Port.isUsable(50_103)).isTrue();
        assertThat(Port.isUsable(50_104)).isFalse();
    }

    private static LauncherSettings settings(int offset, boolean sample) {
        return new LauncherSettings(offset, sample, Optional.empty());
    }
}
