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

    /** A request (RFC 2986) in DER that proves possession and names a person, an agency or a client; the addresses may be none. */
    public byte[] request(X500Principal subject, List<String> emails) {
        return NamedRequest.signed(keys, "SHA256withECDSA", subject, emails, List.of());
    }

    /** The same for a TLS server. */
    public byte[] hostRequest(X500Principal subject, List<String> hosts) {
        return NamedRequest.signed(keys, "SHA256withECDSA", subject, List.of(), hosts);
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
