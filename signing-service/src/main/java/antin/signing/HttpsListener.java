package antin.signing;

import antin.kernel.tls.PemFile;
import antin.signing.api.ProblemDocuments;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/** Tomcat on the public port: TLS 1.2 and 1.3, HTTP/1.1 (documents gain nothing from streams side by side), every refusal a problem document. */
final class HttpsListener {

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int KEEP_ALIVE_MS = 30_000;
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int THREADS = 50;
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"};

    private HttpsListener() {
    }

    static TomcatServletWebServerFactory factory(SigningSettings settings) {
        PemFile.certificates(settings.tlsChainFile()); // so that a wrong file is told in our words
        PemFile.privateKey(settings.tlsKeyFile(), PemFile.certificates(settings.tlsChainFile()).getFirst().getPublicKey().getAlgorithm());
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(address(settings.listen()));
        factory.setSsl(tls(settings));
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setRegisterDefaultServlet(false);
        factory.addContextCustomizers(HttpsListener::speakInProblems);
        factory.addConnectorCustomizers(connector -> limit(connector, settings.largestDocument()));
        return factory;
    }

    private static Ssl tls(SigningSettings settings) {
        Ssl tls = new Ssl();
        tls.setCertificate(settings.tlsChainFile().toUri().toString());
        tls.setCertificatePrivateKey(settings.tlsKeyFile().toUri().toString());
        tls.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        tls.setCiphers(CIPHERS);
        return tls;
    }

    private static void speakInProblems(Context context) {
        context.setRequestCharacterEncoding("UTF-8");
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemDocuments.class.getName());
        }
    }

    private static void limit(Connector connector, int largestDocument) {
        connector.setMaxPostSize(0);
        connector.setMaxParameterCount(10);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setConnectionTimeout(REQUEST_TIMEOUT_MS);
            protocol.setKeepAliveTimeout(KEEP_ALIVE_MS);
            protocol.setMaxHttpRequestHeaderSize(LARGEST_HEADER);
            // Who sends somewhat too much reads why, instead of a broken connection; who sends far too much does not.
            protocol.setMaxSwallowSize((int) Math.min(Integer.MAX_VALUE, 2L * largestDocument));
            protocol.setMaxConnections(MOST_CONNECTIONS);
            protocol.setMaxThreads(THREADS);
            protocol.setMinSpareThreads(2);
            protocol.setServerRemoveAppProvidedValues(true);
        }
    }

    private static InetAddress address(String listen) {
        try {
            return InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The settings checked it.", e);
        }
    }
}
