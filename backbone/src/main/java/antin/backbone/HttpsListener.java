package antin.backbone;

import antin.kernel.tls.PemFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/** Tomcat on the public port: TLS 1.2 and 1.3 only, and small limits, since no form of ours is large. */
final class HttpsListener {

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int KEEP_ALIVE_MS = 30_000;
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final int LARGEST_FORM = 64 * 1024;
    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int THREADS = 50;
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"};

    private HttpsListener() {
    }

    static TomcatServletWebServerFactory factory(BackboneSettings settings) {
        PemFile.certificates(settings.tlsChainFile()); // so that a wrong file is told in our words
        PemFile.privateKey(settings.tlsKeyFile(), PemFile.certificates(settings.tlsChainFile()).getFirst().getPublicKey().getAlgorithm());
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(address(settings.listen()));
        factory.setSsl(tls(settings));
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setRegisterDefaultServlet(false);
        factory.addErrorPages(new ErrorPage("/error"));
        factory.addContextCustomizers(context -> context.setRequestCharacterEncoding("UTF-8"));
        factory.addConnectorCustomizers(HttpsListener::limit);
        return factory;
    }

    private static Ssl tls(BackboneSettings settings) {
        Ssl tls = new Ssl();
        tls.setCertificate(settings.tlsChainFile().toUri().toString());
        tls.setCertificatePrivateKey(settings.tlsKeyFile().toUri().toString());
        tls.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        tls.setCiphers(CIPHERS);
        return tls;
    }

    private static void limit(Connector connector) {
        connector.setMaxPostSize(LARGEST_FORM);
        connector.setMaxParameterCount(MOST_PARAMETERS);
        connector.setProperty("relaxedQueryChars", "");
        connector.addUpgradeProtocol(new Http2Protocol());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setConnectionTimeout(REQUEST_TIMEOUT_MS);
            protocol.setKeepAliveTimeout(KEEP_ALIVE_MS);
            protocol.setMaxHttpRequestHeaderSize(LARGEST_HEADER);
            protocol.setMaxSwallowSize(LARGEST_FORM);
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
