package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.CaSettings.DatabaseSettings;
import antin.ca.authority.KeyKind;
import antin.kernel.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaSettingsTest {

    @TempDir
    private Path home;

    @Test
    void readsItsKeys() throws IOException {
        TestState state = TestState.prepare(home);
        Files.writeString(home.resolve("conf/ca.properties"), """
            status-keys.password-file=secrets/status.password
            internal.folder=peers
            listen=127.0.0.2
            internal-port=19441
            management-port=19541
            audit-folder=log
            time-stamp-url=http://localhost:18441/tsa
            database.url=jdbc:postgresql://db.city.example/ledger
            database.user=ledger
            database.password-file=secrets/ledger.password
            renewal-look-seconds=300
            issuing-key=RSA-3072
            time-stamp-key=RSA-4096
            """, StandardOpenOption.APPEND);
        assertThat(state.settings()).isEqualTo(new CaSettings(home, home.resolve("secrets/ca-root.password"),
            home.resolve("secrets/ca-issuing.password"), home.resolve("secrets/ca-persons.password"), home.resolve("secrets/ca-agencies.password"), home.resolve("secrets/ca-internal.password"),
            home.resolve("secrets/directory-keystore.password"), home.resolve("secrets/status.password"), "http://localhost:8441",
            List.of("localhost", "127.0.0.1"), true, "dc=city,dc=example", home.resolve("peers"), "127.0.0.2", 19_441, 19_541, home.resolve("log"),
            URI.create("http://localhost:18441/tsa"),
            new DatabaseSettings("jdbc:postgresql://db.city.example/ledger", "ledger", home.resolve("secrets/ledger.password")), Duration.ofMinutes(5), KeyKind.RSA_3072, KeyKind.RSA_4096, Optional.empty()));
    }

    @Test
    void fillsInWhatAnInstallationFromBeforeDoesNotSay() throws IOException {
        assertThat(TestState.prepare(home).settings()).isEqualTo(new CaSettings(home, home.resolve("secrets/ca-root.password"),
            home.resolve("secrets/ca-issuing.password"), home.resolve("secrets/ca-persons.password"), home.resolve("secrets/ca-agencies.password"), home.resolve("secrets/ca-internal.password"),
            home.resolve("secrets/directory-keystore.password"), home.resolve("secrets/status-keys.password"), "http://localhost:8441",
            List.of("localhost", "127.0.0.1"), true, "dc=city,dc=example", home.resolve("tls/internal"), "127.0.0.1", 9_441, 9_541, home.resolve("audit"),
            URI.create("http://localhost:8441/tsa"),
            new DatabaseSettings("jdbc:postgresql://127.0.0.1:15432/ca", "ca", home.resolve("secrets/postgres-ca.password")), Duration.ofHours(1), KeyKind.EC_P384, KeyKind.EC_P256, Optional.empty()));
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        TestState state = TestState.prepare(home);
        Files.writeString(home.resolve("conf/ca.properties"), "statusurl=x\n", StandardOpenOption.APPEND);
        assertThatThrownBy(state::settings).isInstanceOf(Problem.class).hasMessageContaining("Did you mean status-url?");
    }

    @Test
    void refusesAKindOfKeyThatItDoesNotMake() throws IOException {
        TestState state = TestState.prepare(home);
        Files.writeString(home.resolve("conf/ca.properties"), "issuing-key=RSA-2048\n", StandardOpenOption.APPEND);
        assertThatThrownBy(state::settings).isInstanceOf(Problem.class).hasMessageContaining("EC-P384, RSA-3072, RSA-4096").hasMessageContaining("\"RSA-2048\"");
    }

    @Test
    void refusesToMakeCertificatesForNoHost() throws IOException {
        TestState state = TestState.prepare(home);
        state.configure("");
        assertThatThrownBy(state::settings).isInstanceOf(Problem.class).hasMessageContaining("hosts");
    }
}
