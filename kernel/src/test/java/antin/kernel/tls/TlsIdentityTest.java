package antin.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {

    @TempDir
    private Path folder;
    private TlsIdentity used;

    @BeforeEach
    void issue() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.issue("first", "antin:backbone");
        pki.issue("second", "antin:backbone");
        replace("first", ".key", ".pem");
        used = TlsIdentity.read(folder.resolve("used.key"), folder.resolve("used.pem"), Duration.ZERO);
    }

    @Test
    void aNewCertificateIsShownAtTheNextHandshakeAndOpenConnectionsGoOn() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(used.keyManagers(), null, null);
        try (SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echo(listener));
            try (SSLSocket before = connect(listener.getLocalPort())) {
                assertThat(subject(before)).isEqualTo("CN=first");
                replace("second", ".key", ".pem");
                try (SSLSocket after = connect(listener.getLocalPort())) {
                    assertThat(subject(after)).isEqualTo("CN=second");
                    assertThat(said(after)).isEqualTo('!');
                }
                assertThat(said(before)).isEqualTo('!');
            }
        }
    }

    @Test
    void aKeyWhoseCertificateIsNotThereYetChangesNothing() throws Exception {
        replace("second", ".key");
        assertThat(used.current().certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
        replace("second", ".pem");
        assertThat(used.current().certificate().getSubjectX500Principal().getName()).isEqualTo("CN=second");
    }

    @Test
    void filesThatAreGoneOrNoCertificateChangeNothing() throws Exception {
        Files.writeString(folder.resolve("used.pem"), "no certificate");
        assertThat(used.current().certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
        Files.delete(folder.resolve("used.pem"));
        assertThat(used.current().certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
    }

    @Test
    void atTheStartAKeyOfAnotherCertificateIsRefused() throws Exception {
        replace("second", ".key");
        assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("used.key"), folder.resolve("used.pem"))).isInstanceOf(Problem.class)
            .hasMessageContaining("do not belong together");
    }

    private void replace(String by, String... kinds) throws IOException {
        for (String kind : kinds) {
            Path half = folder.resolve("half" + kind);
            Files.copy(folder.resolve(by + kind), half, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(half, folder.resolve("used" + kind), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private SSLSocket connect(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(folder.resolve("ca.pem")))}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
    }

    private static int said(SSLSocket socket) throws IOException {
        socket.getOutputStream().write('!');
        return socket.getInputStream().read();
    }

    /** Until the listener is closed. */
    private static void echo(SSLServerSocket listener) {
        while (true) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getOutputStream().write(socket.getInputStream().read());
                        socket.getInputStream().read();
                    } catch (IOException e) {
                        // the test sees that nothing comes back
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }
}
