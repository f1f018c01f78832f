package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an operator gets wrong is told in one sentence, with exit code 2. */
class MisconfigurationTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    @Test
    void anUnknownKeyIsNamedWithTheNearestOne() throws Exception {
        assertThat(start(Map.of("imap-prot", "1"))).contains("imap-prot").contains("Did you mean imap-port?");
    }

    @Test
    void aDatabaseThatIsAwayIsNamed() throws Exception {
        assertThat(start(Map.of("database.url", "jdbc:postgresql://127.0.0.1:1/mail"))).contains("jdbc:postgresql://127.0.0.1:1/mail");
    }

    @Test
    void aMissingCertificateIsNamed() throws Exception {
        assertThat(start(Map.of("tls.chain-file", "tls/none.pem"))).contains("tls/none.pem");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(start(Map.of("imap-port", Integer.toString(taken.getLocalPort()))))
                .contains("The port " + taken.getLocalPort() + " for imap").contains("taken");
        }
    }

    private static String start(Map<String, String> changes) throws Exception {
        Map<String, String> settings = new TreeMap<>(INSTALLATION.settings());
        settings.keySet().removeIf(key -> key.endsWith("-port"));
        settings.put("management-port", "1024");
        settings.put("audit-folder", "audit-2");
        settings.put("work-folder", "mail-2");
        settings.putAll(changes);
        Path file = INSTALLATION.state.resolve("conf/wrong.properties");
        Files.writeString(file, TestInstallation.properties(settings));
        Process process = INSTALLATION.command(file).start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(errors.lines().filter(line -> line.startsWith("antin: "))).hasSize(1);
        assertThat(errors.lines()).hasSize(1);
        assertThat(errors).startsWith("antin: mail-server cannot start: ");
        return errors;
    }
}
