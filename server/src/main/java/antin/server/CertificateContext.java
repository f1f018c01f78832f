package antin.server;

import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS as Tomcat wants it, with a trust of ours, which Tomcat's own configuration has no place for. */
final class CertificateContext implements org.apache.tomcat.util.net.SSLContext {

    private final SSLContext context;
    private final List<X509Certificate> chain;
    private final CertificateTrust trust;

    private CertificateContext(SSLContext context, List<X509Certificate> chain, CertificateTrust trust) {
        this.context = context;
        this.chain = chain;
        this.trust = trust;
    }

    static CertificateContext of(HttpsSettings settings, List<X509Certificate> authorities) {
        try {
            List<X509Certificate> chain = PemFile.certificates(settings.chainFile());
            KeyManager[] own = TlsMaterial.presenting(PemFile.privateKey(settings.keyFile(), chain.getFirst().getPublicKey().getAlgorithm()), chain);
            CertificateTrust trust = new CertificateTrust(TlsMaterial.trusting(authorities));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, new TrustManager[] {trust}, null);
            return new CertificateContext(context, chain, trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Keys and certificates that were read make a TLS context.", e);
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
        return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
