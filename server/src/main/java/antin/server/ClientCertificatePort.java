package antin.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * Another port of the same server that asks for a client certificate, and serves without one too, so that a page can say what is missing. Which
 * authorities count is told to the client; one of another authority ends the handshake. The same key, chain and limits as the public port.
 */
public final class ClientCertificatePort {

    private ClientCertificatePort() {
    }

    /** The certificate's chain is checked by PKIX without revocation: who uses it asks for the status. */
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
        tls.setTrustStore(store(authorities));
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateFile(settings.chainFile().toString());
        own.setCertificateKeyFile(settings.keyFile().toString());
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
        factory.addAdditionalConnectors(connector);
    }

    private static KeyStore store(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry(authority.getSerialNumber().toString(16), authority);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("An empty PKCS#12 store takes certificates.", e);
        }
    }
}
