package antin.ca.enrol;

import antin.kernel.tls.KeyProof;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A key for decrypting mail: RSA of 3072 bits, since some mail programs still decrypt with nothing else. */
public final class MailKey {

    private static final int BITS = 3072;

    private final KeyPair keys;

    private MailKey(KeyPair keys) {
        this.keys = keys;
    }

    public static MailKey make(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            return new MailKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    /** A request (RFC 2986) in DER that proves possession and names whose mail it is. */
    public byte[] request(X500Principal subject, List<String> emails) {
        return NamedRequest.signed(keys, "SHA256withRSA", subject, emails, List.of());
    }

    public byte[] pkcs8() {
        return keys.getPrivate().getEncoded();
    }

    /**
     * Key and chain (its own certificate first) as PKCS#12 (RFC 7292): AES-256 with a key by PBKDF2 and HMAC-SHA-256 for both, and an HMAC-SHA-256 over all, which are what the JDK
     * takes where nothing else is said. Throws where the certificate is another key's.
     */
    public static byte[] pkcs12(byte[] pkcs8, String alias, char[] password, List<X509Certificate> chain) {
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            requirePair(key, chain.getFirst());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, password, chain.toArray(Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The file cannot be made", e);
        }
    }

    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!KeyProof.fits(key, certificate.getPublicKey())) {
            throw new GeneralSecurityException("The certificate is of another key");
        }
    }
}
