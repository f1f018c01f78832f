package antin.keys.pkcs12;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One PKCS#12 file with one key in it; its alias is the key's name. */
record KeyFile(Path file, Path passwordFile) {

    SoftwareKey read(String name) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = password();
            store.load(new ByteArrayInputStream(SecretFile.bytes(file)), password);
            Certificate @Nullable [] chain = store.getCertificateChain(name);
            if (store.getKey(name, password) instanceof PrivateKey key && chain != null) {
                return new SoftwareKey(name, Arrays.stream(chain).map(X509Certificate.class::cast).toList(), key);
            }
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds no key under the friendly name " + name + ".");
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " does not open with the password in " + passwordFile
                + ". Restore the one that belongs to the other.", e);
        }
    }

    void write(String name, PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = password();
            store.setKeyEntry(name, key, password, chain.toArray(Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            SecretFile.write(file, bytes.toByteArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key file " + file + " cannot be written.", e);
        }
    }

    private char[] password() {
        return SecretFile.text(passwordFile).toCharArray();
    }
}
