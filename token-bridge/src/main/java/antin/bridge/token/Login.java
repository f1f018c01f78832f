package antin.bridge.token;

import java.security.PublicKey;
import java.security.cert.X509Certificate;

/** What a token does for who gave its PIN, until it is closed. */
public interface Login extends AutoCloseable {

    /** Signs a digest. ECDSA gives r and s side by side, each as long as the curve's order (IEEE P1363). */
    byte[] sign(TokenCertificate certificate, SignatureAlgorithm algorithm, byte[] digest);

    /** Makes a key pair that never leaves the token. */
    NewKey makeKey(KeyType type, String label);

    /** Puts a certificate beside its key, or refuses where the key is not there. */
    void store(X509Certificate certificate);

    /** Ends the login at the token. */
    @Override
    void close();

    /** A key that has no certificate yet. */
    interface NewKey {

        PublicKey publicKey();

        byte[] sign(SignatureAlgorithm algorithm, byte[] digest);

        /** Removes it from the token. */
        void discard();
    }
}
