package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaSettingsTest {

    @TempDir
    private Path home;

    @Test
    void readsItsKeys() throws IOException {
        assertThat(TestState.prepare(home).settings()).isEqualTo(new CaSettings(home, home.resolve("secrets/ca-root.password"),
            home.resolve("secrets/ca-issuing.password"), home.resolve("secrets/ca-internal.password"),
            home.resolve("secrets/directory-keystore.password"), "http://localhost:8441", List.of("localhost", "127.0.0.1"), true, "dc=city,dc=example"));
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        TestState state = TestState.prepare(home);
        Files.writeString(home.resolve("conf/ca.properties"), "statusurl=x\n", StandardOpenOption.APPEND);
        assertThatThrownBy(state::settings).isInstanceOf(Problem.class).hasMessageContaining("Did you mean status-url?");
    }

    @Test
    void refusesToMakeCertificatesForNoHost() throws IOException {
        TestState state = TestState.prepare(home);
        state.configure("");
        assertThatThrownBy(state::settings).isInstanceOf(Problem.class).hasMessageContaining("hosts");
    }
}
