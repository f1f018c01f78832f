package antin.ca.authority;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key with its chain in a PKCS#12 file (RFC 7292), mode 0600, under the password of another file; or in a device.
 *
 * @param token where the key lies in the file's place
 */
public record KeyFile(Path file, Path passwordFile, String alias, Optional<Token> token) {

    public KeyFile(Path file, Path passwordFile, String alias) {
        this(file, passwordFile, alias, Optional.empty());
    }

    public boolean exists() {
        return token.map(device -> device.holds(alias)).orElseGet(() -> Files.exists(file));
    }

    /** What a key file holds; the chain starts with the key's own certificate. */
    public record Content(PrivateKey key, List<X509Certificate> chain) {
    }

    public Content read() {
        return token.map(device -> device.read(alias)).orElseGet(this::readFile);
    }

    private Content readFile() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = password();
            store.load(new ByteArrayInputStream(SecretFile.bytes(file)), password);
            Certificate @Nullable [] chain = store.getCertificateChain(alias);
            if (store.getKey(alias, password) instanceof PrivateKey key && chain != null) {
                return new Content(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
            }
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds no key named " + alias + ".");
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " does not open with the password in " + passwordFile
                + ". Restore the one that belongs to the other.", e);
        }
    }

    public void write(PrivateKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        if (token.isPresent()) {
            token.get().write(alias, key, chain);
            return;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = password();
        store.setKeyEntry(alias, key, password, chain.toArray(Certificate[]::new));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        SecretFile.write(file, bytes.toByteArray());
    }

    private char[] password() {
        return SecretFile.text(passwordFile).toCharArray();
    }
}
