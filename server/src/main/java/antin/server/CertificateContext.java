package antin.server;

import antin.kernel.tls.TlsIdentity;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS as Tomcat wants it, with what Tomcat's own configuration has no place for: a key that may be replaced while it listens, and a trust of ours. */
final class CertificateContext implements org.apache.tomcat.util.net.SSLContext {

    private final SSLContext context;
    private final TlsIdentity own;
    private final X509Certificate[] issuers;

    private CertificateContext(SSLContext context, TlsIdentity own, X509Certificate[] issuers) {
        this.context = context;
        this.own = own;
        this.issuers = issuers;
    }

    /** For a port that asks no client for a certificate. */
    static CertificateContext of(TlsIdentity own) {
        return of(own, new TrustManager[0], new X509Certificate[0]);
    }

    static CertificateContext of(TlsIdentity own, CertificateTrust trust) {
        return of(own, new TrustManager[] {trust}, trust.getAcceptedIssuers());
    }

    private static CertificateContext of(TlsIdentity own, TrustManager[] trust, X509Certificate[] issuers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.keyManagers(), trust, null);
            return new CertificateContext(context, own, issuers);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    @Override
    public void init(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted, @Nullable SecureRandom random) {
        // it is complete
    }

    @Override
    public void destroy() {
        // nothing is held open
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return context.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        return own.current().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.clone();
    }
}
