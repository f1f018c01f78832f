package antin.ca.status;

import antin.ca.authority.KeyKind;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.RenewedFiles;
import antin.kernel.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A key, on P-256 or of RSA, that may answer for an authority and do nothing else. Immutable.
 *
 * @param chain its own certificate, then the authority that gave it, up to the root
 */
public record DelegatedKey(PrivateKey key, List<X509Certificate> chain) {

    /** RFC 6960, 4.2.2.2: who may answer for the authority that issued this certificate. */
    public static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /** RFC 3161, 2.3. */
    public static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    public DelegatedKey {
        chain = List.copyOf(chain);
        if (chain.size() < 2) {
            throw new IllegalArgumentException("A delegated key has an authority above it");
        }
    }

    /** Reads {@code FOLDER/NAME.p12} (alias {@code NAME}), and refuses a certificate that is not for {@code purpose} alone. */
    public static DelegatedKey read(Path folder, String name, Path passwordFile, String purpose) {
        Path file = folder.resolve(name + ".p12");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = SecretFile.text(passwordFile).toCharArray();
            store.load(new ByteArrayInputStream(SecretFile.bytes(file)), password);
            Certificate @Nullable [] chain = store.getCertificateChain(name);
            if (!(store.getKey(name, password) instanceof PrivateKey key) || chain == null || chain.length < 2) {
                throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds no key named " + name + " with its chain. Remove it, and it is made anew.");
            }
            DelegatedKey read = new DelegatedKey(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
            if (!List.of(purpose).equals(read.certificate().getExtendedKeyUsage())) {
                throw new Problem(Kind.MISCONFIGURED, "The certificate in " + file + " is not for its use. Remove the file, and it is made anew.");
            }
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " does not open with the password in " + passwordFile + ".", e);
        }
    }

    /** As {@link #read}, for long: the file may be replaced meanwhile. */
    public static Supplier<DelegatedKey> renewed(Path folder, String name, Path passwordFile, String purpose) {
        return RenewedFiles.read(List.of(passwordFile, folder.resolve(name + ".p12")), () -> read(folder, name, passwordFile, purpose), RenewedFiles.LOOK);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Who delegated: it signed this key's certificate. */
    public X509Certificate issuer() {
        return chain.get(1);
    }

    public X509Certificate root() {
        return chain.getLast();
    }

    /** For one signature. */
    ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder(KeyKind.signatureAlgorithm(certificate().getPublicKey())).build(key);
    }

    static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(certificate.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
