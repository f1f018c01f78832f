package antin.server;

import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
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
        protocol.setSSLEnabled(true);
        protocol.setAddress(HttpsListener.address(settings.listen()));
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        HttpsListener.limit(connector, limits);
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCiphers(String.join(":", HttpsListener.CIPHERS));
        tls.setCertificateVerification("optional");
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setSslContext(CertificateContext.of(settings, authorities));
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
        factory.addAdditionalConnectors(connector);
    }
}
