package antin.kernel.tls;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** What a TLS context is made of, from keys and certificates in memory. Nothing is trusted but what is given. */
public final class TlsMaterial {

    private TlsMaterial() {
    }

    /** Trust, by PKIX (RFC 5280), in certificates below {@code authorities} only. */
    public static X509ExtendedTrustManager trusting(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /**
     * For a client of servers whose certificates lie below those in {@code file}, in PEM, and below nothing else.
     *
     * @throws Problem {@code MISCONFIGURED} where the file cannot be used
     */
    public static SSLContext clientTrusting(Path file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trusting(PemFile.certificates(file))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The certificates in " + file + " cannot be used for trust.", e);
        }
    }

    /** Shows {@code chain}, leaf first, and proves it with {@code key}. */
    public static KeyManager[] presenting(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        char[] inMemory = new char[0];
        store.setKeyEntry("identity", key, inMemory, chain.toArray(new X509Certificate[0]));
        // Not "PKIX", which opens the key in the store anew at each handshake: that costs a password hash, a third of an IMAP login
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, inMemory);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
