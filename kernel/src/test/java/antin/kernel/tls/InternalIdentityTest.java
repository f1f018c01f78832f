package antin.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalIdentityTest {

    private static final PeerName BACKBONE = new PeerName("antin:backbone");
    private static final PeerName MAIL = new PeerName("antin:mail-server");

    private static InternalIdentity backbone;
    private static InternalIdentity mail;
    private static InternalIdentity person;
    private static InternalIdentity foreign;

    @BeforeAll
    static void issue(@TempDir Path folder) throws Exception {
        TestPki pki = new TestPki(folder.resolve("ours"));
        backbone = pki.issue("backbone", "antin:backbone");
        mail = pki.issue("mail-server", "antin:mail-server");
        person = pki.issue("person", "urn:person:100001");
        foreign = new TestPki(folder.resolve("theirs")).issue("mail-server", "antin:mail-server");
    }

    @Test
    void letsTheNamedPeerIn() throws Exception {
        assertThat(talk(backbone.serverContext(Set.of(MAIL)), mail.clientContext(BACKBONE))).isEqualTo('!');
    }

    @Test
    void refusesAPeerOfAnotherName() {
        assertThatThrownBy(() -> talk(mail.serverContext(Set.of(BACKBONE)), mail.clientContext(MAIL))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> talk(backbone.serverContext(Set.of(MAIL)), mail.clientContext(MAIL))).isInstanceOf(IOException.class);
    }

    @Test
    void neverTakesAPersonsCertificateForAPeer() {
        assertThatThrownBy(() -> talk(backbone.serverContext(Set.of(MAIL)), person.clientContext(BACKBONE))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesTheRightNameUnderAnotherCa() {
        assertThatThrownBy(() -> talk(backbone.serverContext(Set.of(MAIL)), foreign.clientContext(BACKBONE))).isInstanceOf(IOException.class);
    }

    /** One byte from server to client over mutual TLS. */
    private static int talk(SSLContext server, SSLContext client) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) server.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            listener.setNeedClientAuth(true);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write('!');
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                int answer = socket.getInputStream().read();
                served.join();
                return answer;
            } catch (CompletionException e) {
                throw new IOException(e.getCause());
            }
        }
    }
}
