package antin.kernel.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A process's key and certificate under the internal CA, with that CA as the only trust. Files: {@code FOLDER/NAME.key}
 * (PKCS#8, 0600), {@code FOLDER/NAME.pem} (chain) and {@code FOLDER/ca.pem}. Immutable; contexts may be shared by threads.
 */
public final class InternalIdentity {

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final List<X509Certificate> trusted;

    private InternalIdentity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted) {
        this.key = key;
        this.chain = chain;
        this.trusted = trusted;
    }

    /** Reads the identity of the process {@code name}, such as {@code backbone}. */
    public static InternalIdentity read(Path folder, String name) {
        return new InternalIdentity(PemFile.privateKey(folder.resolve(name + ".key"), "EC"),
            PemFile.certificates(folder.resolve(name + ".pem")), PemFile.certificates(folder.resolve("ca.pem")));
    }

    public PrivateKey key() {
        return key;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** For calls to one peer: its certificate must come from the internal CA, fit the host, and name {@code peer}. */
    public SSLContext clientContext(PeerName peer) {
        return context(Set.of(peer));
    }

    /** For a listener (which must ask for a client's certificate): any of {@code peers} may connect. */
    public SSLContext serverContext(Set<PeerName> peers) {
        return context(peers);
    }

    private SSLContext context(Set<PeerName> peers) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(TlsMaterial.presenting(key, chain), new TrustManager[] {new PeerTrust(peers, TlsMaterial.trusting(trusted))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The internal identity does not work with this JDK.", e);
        }
    }
}
