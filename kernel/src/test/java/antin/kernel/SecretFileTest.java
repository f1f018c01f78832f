package antin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @Test
    void isReadableByItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("secrets/password");
        SecretFile.write(file, "mật khẩu\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(SecretFile.text(file)).isEqualTo("mật khẩu");
    }

    @Test
    void refusesAFileThatOthersMayRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("password");
        SecretFile.write(file, "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SecretFile.text(file)).isInstanceOf(Problem.class).hasMessageContaining("chmod 600");
    }

    @Test
    void neverReplacesARandomSecretThatExists(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("random");
        SecretFile.createRandom(file, 32, new SecureRandom());
        String first = SecretFile.text(file);
        SecretFile.createRandom(file, 32, new SecureRandom());
        assertThat(SecretFile.text(file)).isEqualTo(first).hasSize(43);
    }
}
