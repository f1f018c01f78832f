package antin.server;

import antin.kernel.tls.TlsIdentity;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * Another port of the same server that asks for a client certificate, and serves without one too, so that a page can say what is missing. Which
 * authorities count is told to the client; one of another authority ends the handshake, one that signed itself does not (see {@link CertificateTrust}). The same key, chain and limits as the
 * public port.
 */
public final class ClientCertificatePort {

    private ClientCertificatePort() {
    }

    /** What the handshake lets through is no more than a key that is at hand: who uses it asks whose certificate it is, and for its status. */
    public static void add(TomcatServletWebServerFactory factory, HttpsSettings settings, int port, List<X509Certificate> authorities, HttpsLimits limits) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setAddress(HttpsListener.address(settings.listen()));
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        HttpsListener.limit(connector, limits);
        HttpsListener.encrypt(connector, CertificateContext.of(TlsIdentity.read(settings.keyFile(), settings.chainFile()), trust(authorities)), CertificateVerification.OPTIONAL);
        factory.addAdditionalConnectors(connector);
    }

    private static CertificateTrust trust(List<X509Certificate> authorities) {
        try {
            return new CertificateTrust(TlsMaterial.trusting(authorities));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates that were read can be trusted.", e);
        }
    }
}
