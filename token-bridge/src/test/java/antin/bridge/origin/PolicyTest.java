package antin.bridge.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.bridge.message.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatAnAdministratorWrote() throws IOException {
        Policy policy = read("{\"origins\": [\"https://ky.example.gov.vn\"], \"ask\": false, \"modules\": [\"/opt/maker/lib.so\"], \"extensions\": [\"abc\"]}");
        assertThat(policy.origins()).containsExactly(Origin.of("https://ky.example.gov.vn"));
        assertThat(policy.ask()).isFalse();
        assertThat(policy.modules()).containsExactly(Path.of("/opt/maker/lib.so"));
        assertThat(policy.extensions()).containsExactly("abc");
    }

    @Test
    void asksAboutEverythingWithoutAFile() throws IOException {
        assertThat(Policy.read(folder.resolve("absent.json"))).isEqualTo(Policy.none());
        assertThat(read("{}")).isEqualTo(Policy.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"orgins\": []}", "{\"origins\": [\"http://a.example\"]}", "{\"origins\": \"https://a.example\"}", "{\"ask\": \"no\"}", "{\"modules\": [\"lib.so\"]}",
        "{\"modules\": [1]}", "{\"ask\": false, \"ask\": true}"})
    void stopsAtWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Refused.class).hasMessage("policy-unreadable");
    }

    @Test
    void stopsAtAFileThatOthersCanWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> Policy.read(file)).isInstanceOf(Refused.class).hasMessage("policy-unreadable");
    }

    private Policy read(String text) throws IOException {
        return Policy.read(Files.writeString(folder.resolve("policy.json"), text));
    }
}
