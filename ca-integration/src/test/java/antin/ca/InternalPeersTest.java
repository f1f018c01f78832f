package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with what bootstrap makes, through the kernel's contexts. */
class InternalPeersTest {

    private static final PeerName BACKBONE = new PeerName("antin:backbone");
    private static final PeerName MAIL = new PeerName("antin:mail-server");

    @TempDir
    private static Path home;

    @BeforeAll
    static void bootstrap() throws Exception {
        TestState.prepare(home).bootstrap(Clock.systemUTC());
    }

    @Test
    void acceptsTheNamedPeer() throws Exception {
        assertThat(speaks(identity("backbone").serverContext(Set.of(MAIL)), identity("mail-server").clientContext(BACKBONE))).isTrue();
    }

    @Test
    void refusesAClientThatIsNotOnTheList() throws Exception {
        assertThat(speaks(identity("backbone").serverContext(Set.of(MAIL)), identity("ca-process").clientContext(BACKBONE))).isFalse();
    }

    @Test
    void refusesAServerThatIsSomebodyElse() throws Exception {
        assertThat(speaks(identity("ca-process").serverContext(Set.of(MAIL)), identity("mail-server").clientContext(BACKBONE))).isFalse();
    }

    /** A certificate of the public authority, as a person's or a listener's is, names no peer whatever it says. */
    @Test
    void refusesACertificateOfThePublicAuthority() throws Exception {
        Path folder = Files.createDirectories(home.resolve("outside"));
        SecretFile.write(folder.resolve("person.key"), SecretFile.bytes(home.resolve("tls/mail-server.key")));
        Files.copy(home.resolve("tls/mail-server.pem"), folder.resolve("person.pem"));
        Files.copy(home.resolve("tls/internal/ca.pem"), folder.resolve("ca.pem"));
        InternalIdentity outside = InternalIdentity.read(folder, "person");
        assertThat(speaks(identity("backbone").serverContext(Set.of(MAIL)), outside.clientContext(BACKBONE))).isFalse();
        assertThat(speaks(outside.serverContext(Set.of(MAIL)), identity("mail-server").clientContext(BACKBONE))).isFalse();
        assertThat(PemFile.certificates(folder.resolve("person.pem")).getFirst().getExtendedKeyUsage()).doesNotContain("1.3.6.1.5.5.7.3.2");
    }

    private static InternalIdentity identity(String name) {
        return InternalIdentity.read(home.resolve("tls/internal"), name);
    }

    /** Whether one byte comes back through a handshake in which both sides show a certificate. */
    private static boolean speaks(SSLContext server, SSLContext client) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0);
             ExecutorService threads = Executors.newSingleThreadExecutor()) {
            listener.setNeedClientAuth(true);
            listener.setSoTimeout(5_000);
            Future<?> echo = threads.submit(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.getOutputStream().write(socket.getInputStream().read());
                } catch (IOException e) {
                    // the client sees it too
                }
                return null;
            });
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write('x');
                return socket.getInputStream().read() == 'x';
            } catch (IOException e) {
                return false;
            } finally {
                echo.get();
            }
        }
    }
}
