package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.unboundid.ldap.sdk.LDAPConnection;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** OpenDJ reads its key once; ours takes up a new one under open connections. */
class RenewedCertificateTest {

    private static final int OPEN = 100;

    @Test
    void aNewCertificateIsShownToWhoComesAndWhoIsThereStays() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(directory.rootFile()))}, null);
            int port = directory.settings().hosts().getFirst().port();
            List<LDAPConnection> open = new ArrayList<>();
            for (int i = 0; i < OPEN; i++) {
                open.add(new LDAPConnection(tls.getSocketFactory(), "127.0.0.1", port, TestDirectory.MANAGER, directory.managerPassword()));
            }
            X509Certificate renewed = directory.renewCertificate();
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(shown(directory, port)).isEqualTo(renewed));
            for (LDAPConnection connection : open) {
                assertThat(connection.getEntry(TestDirectory.BASE)).isNotNull();
                connection.close();
            }
        }
    }

    /** By a context of its own, which has no TLS session to resume. */
    private static X509Certificate shown(TestDirectory directory, int port) throws GeneralSecurityException, IOException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(directory.rootFile()))}, null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
