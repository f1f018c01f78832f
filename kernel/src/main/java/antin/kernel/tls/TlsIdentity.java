package antin.kernel.tls;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.RenewedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** A key with its certificate chain in two PEM files, which may be replaced while it is in use (see {@link RenewedFiles}). Safe for use by many threads. */
public final class TlsIdentity {

    /** A key and what proves it, leaf first. */
    public record Content(PrivateKey key, List<X509Certificate> chain) {

        public Content {
            chain = List.copyOf(chain);
        }

        public X509Certificate certificate() {
            return chain.getFirst();
        }
    }

    private record Read(Content content, X509ExtendedKeyManager manager) {
    }

    private final RenewedFiles<Read> files;

    private TlsIdentity(RenewedFiles<Read> files) {
        this.files = files;
    }

    /** Throws a problem of kind {@code MISCONFIGURED} for files that cannot be used. */
    public static TlsIdentity read(Path keyFile, Path chainFile) {
        return read(keyFile, chainFile, RenewedFiles.LOOK);
    }

    static TlsIdentity read(Path keyFile, Path chainFile, Duration look) {
        return new TlsIdentity(RenewedFiles.read(List.of(keyFile, chainFile), () -> content(keyFile, chainFile), look));
    }

    /** What the files hold, or held when they could last be used. */
    public Content current() {
        return files.get().content;
    }

    /** For contexts that outlive a certificate: what is {@link #current} is presented at each handshake. */
    public KeyManager[] keyManagers() {
        return new KeyManager[] {new RenewedKeyManager(() -> files.get().manager)};
    }

    private static Read content(Path keyFile, Path chainFile) {
        List<X509Certificate> chain = PemFile.certificates(chainFile);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        PrivateKey key = PemFile.privateKey(keyFile, publicKey.getAlgorithm());
        try {
            if (!KeyProof.fits(key, publicKey)) {
                throw new Problem(Kind.MISCONFIGURED, "The key " + keyFile + " and the certificate " + chainFile + " do not belong together.");
            }
            return new Read(new Content(key, chain), (X509ExtendedKeyManager) TlsMaterial.presenting(key, chain)[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + keyFile + " and the certificate " + chainFile + " do not work with TLS.", e);
        }
    }
}
