package antin.kernel.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trust in named peers only: first the path to the internal CA, then the name. */
final class PeerTrust extends X509ExtendedTrustManager {

    private final Set<PeerName> peers;
    private final X509ExtendedTrustManager pkix;

    PeerTrust(Set<PeerName> peers, X509ExtendedTrustManager pkix) {
        this.peers = Set.copyOf(peers);
        this.pkix = pkix;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        pkix.checkClientTrusted(chain, type, socket);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        pkix.checkClientTrusted(chain, type, engine);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        pkix.checkClientTrusted(chain, type);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        pkix.checkServerTrusted(chain, type, socket);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        pkix.checkServerTrusted(chain, type, engine);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        pkix.checkServerTrusted(chain, type);
        checkName(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }

    private void checkName(X509Certificate[] chain) throws CertificateException {
        if (PeerName.of(chain[0]).filter(peers::contains).isEmpty()) {
            throw new CertificateException("The peer is none of " + peers);
        }
    }
}
