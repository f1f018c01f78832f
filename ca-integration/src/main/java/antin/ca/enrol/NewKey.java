package antin.ca.enrol;

import antin.kernel.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** An EC key on P-256 that has no certificate yet. Immutable. */
public final class NewKey {

    private final KeyPair keys;

    private NewKey(KeyPair keys) {
        this.keys = keys;
    }

    /** By Bouncy Castle, since GnuTLS reads no EC key that leaves the public half out, as the JDK's do. */
    public static NewKey make(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return new NewKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key cannot be made", e);
        }
    }

    /** A request (RFC 2986) in DER that proves possession. */
    public byte[] request(X500Principal subject) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("The request cannot be made", e);
        }
    }

    /** Writes key and chain (its own certificate first) as PKCS#12 (RFC 7292) that openssl 3, NSS and the JDK open; mode 0600. */
    public void store(Path file, String alias, String password, List<X509Certificate> chain) throws IOException {
        try {
            if (!chain.getFirst().getPublicKey().equals(keys.getPublic())) {
                throw new IOException("The certificate is of another key");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, keys.getPrivate(), password.toCharArray(), chain.toArray(Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            SecretFile.write(file, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("The file cannot be made", e);
        }
    }
}
