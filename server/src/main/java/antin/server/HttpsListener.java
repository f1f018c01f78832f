package antin.server;

import antin.kernel.tls.TlsIdentity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;

/** Tomcat on the public port: TLS 1.2 and 1.3 only, HTTP/1.1, UTF-8, limits. How it refuses, and whether it speaks HTTP/2, is up to the process. */
public final class HttpsListener {

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int KEEP_ALIVE_MS = 30_000;
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final int THREADS = 50;
    /** Of TLS 1.2; those of 1.3 are all good. */
    static final String[] CIPHERS = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"};

    private HttpsListener() {
    }

    /** Listens as soon as a context is refreshed with it. Throws a problem for a key or chain that cannot be used. */
    public static TomcatServletWebServerFactory factory(HttpsSettings settings, HttpsLimits limits) {
        CertificateContext tls = CertificateContext.of(TlsIdentity.read(settings.keyFile(), settings.chainFile()));
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(address(settings.listen()));
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setRegisterDefaultServlet(false);
        factory.addContextCustomizers(context -> context.setRequestCharacterEncoding("UTF-8"));
        factory.addConnectorCustomizers(connector -> {
            limit(connector, limits);
            encrypt(connector, tls, CertificateVerification.NONE);
        });
        return factory;
    }

    static void encrypt(Connector connector, CertificateContext context, CertificateVerification client) {
        connector.setScheme("https");
        connector.setSecure(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setSSLEnabled(true);
        }
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCiphers(String.join(":", CIPHERS));
        tls.setCertificateVerification(client.name().toLowerCase(Locale.ROOT));
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setSslContext(context);
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
    }

    static void limit(Connector connector, HttpsLimits limits) {
        connector.setMaxPostSize(limits.largestForm());
        connector.setMaxParameterCount(limits.mostParameters());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setConnectionTimeout(REQUEST_TIMEOUT_MS);
            protocol.setKeepAliveTimeout(KEEP_ALIVE_MS);
            protocol.setMaxHttpRequestHeaderSize(LARGEST_HEADER);
            protocol.setMaxSwallowSize(limits.largestSwallow());
            protocol.setMaxConnections(limits.mostConnections());
            protocol.setMaxThreads(THREADS);
            protocol.setMinSpareThreads(2);
            protocol.setServerRemoveAppProvidedValues(true);
        }
    }

    static InetAddress address(String listen) {
        try {
            return InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The settings checked it.", e);
        }
    }
}
