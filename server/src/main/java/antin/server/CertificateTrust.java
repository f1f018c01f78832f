package antin.server;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificate ends the handshake on the port that asks for one, and whose comes as far as the page. One by the authorities comes, by PKIX; and one that signed itself, which proves a
 * key and nothing else, for clients whose very certificate was registered (RFC 8705, 2.2). So whoever reads the certificate of a request decides himself what it is worth.
 */
final class CertificateTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager authorities;

    CertificateTrust(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) throws CertificateException {
        if (!isSelfSigned(chain)) {
            authorities.checkClientTrusted(chain, keyType, engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        if (!isSelfSigned(chain)) {
            authorities.checkClientTrusted(chain, keyType, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        if (!isSelfSigned(chain)) {
            authorities.checkClientTrusted(chain, keyType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) throws CertificateException {
        authorities.checkServerTrusted(chain, keyType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        authorities.checkServerTrusted(chain, keyType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        authorities.checkServerTrusted(chain, keyType);
    }

    /** Told to whoever is asked, so that a browser offers nothing else. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    private static boolean isSelfSigned(X509Certificate[] chain) {
        if (chain == null || chain.length != 1 || !chain[0].getIssuerX500Principal().equals(chain[0].getSubjectX500Principal())) {
            return false;
        }
        try {
            chain[0].verify(chain[0].getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
