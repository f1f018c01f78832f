package antin.kernel.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A process's key and certificate under the internal CA, with that CA as the only trust. Files: {@code FOLDER/NAME.key}
 * (PKCS#8, 0600), {@code FOLDER/NAME.pem} (chain) and {@code FOLDER/ca.pem}. Key and certificate may be replaced while it is in use (see
 * {@link TlsIdentity}). Contexts may be shared by threads.
 */
public final class InternalIdentity {

    private final TlsIdentity own;
    private final List<X509Certificate> trusted;

    private InternalIdentity(TlsIdentity own, List<X509Certificate> trusted) {
        this.own = own;
        this.trusted = trusted;
    }

    /** Reads the identity of the process {@code name}, such as {@code backbone}. */
    public static InternalIdentity read(Path folder, String name) {
        return new InternalIdentity(TlsIdentity.read(folder.resolve(name + ".key"), folder.resolve(name + ".pem")), PemFile.certificates(folder.resolve("ca.pem")));
    }

    public TlsIdentity own() {
        return own;
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
            context.init(own.keyManagers(), new TrustManager[] {new PeerTrust(peers, TlsMaterial.trusting(trusted))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The internal identity does not work with this JDK.", e);
        }
    }
}
