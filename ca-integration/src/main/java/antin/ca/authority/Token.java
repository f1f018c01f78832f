package antin.ca.authority;

import antin.ca.authority.KeyFile.Content;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#11 device (OASIS PKCS #11 version 2.40) that holds authorities' keys by their short names, each with its chain. Keys are made in it and never leave it.
 *
 * @param library   of the device's maker
 * @param slotIndex counts the slots that the library lists, from 0
 * @param pinFile   mode 0600; an empty PIN is refused
 */
public record Token(Path library, int slotIndex, Path pinFile) {

    private static final String NAME = "AntinCa";

    /** The provider by which keys sign that cannot be read. The JDK lets a process load a library once, so it is registered. */
    static Optional<Provider> provider() {
        return Optional.ofNullable(Security.getProvider("SunPKCS11-" + NAME));
    }

    /** As {@link #provider()}, for making keys; loads the library where it is not yet. */
    public synchronized Provider connected() {
        return provider().orElseGet(() -> {
            if (!Files.exists(library)) {
                throw new Problem(Kind.MISCONFIGURED, "The PKCS#11 library " + library + " of pkcs11.library is not there.");
            }
            Provider provider = Security.getProvider("SunPKCS11").configure("--name=" + NAME + "\nlibrary=" + library + "\nslotListIndex=" + slotIndex
                + "\nattributes(*,CKO_PRIVATE_KEY,*)={\nCKA_SENSITIVE=true\nCKA_EXTRACTABLE=false\n}\n");
            Security.addProvider(provider);
            return provider;
        });
    }

    boolean holds(String name) {
        try {
            return open().isKeyEntry(name);
        } catch (GeneralSecurityException e) {
            throw closed(e);
        }
    }

    Content read(String name) {
        try {
            KeyStore keys = open();
            Certificate @Nullable [] chain = keys.getCertificateChain(name);
            if (keys.getKey(name, null) instanceof PrivateKey key && chain != null) {
                return new Content(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
            }
            throw new Problem(Kind.MISCONFIGURED, "The PKCS#11 device holds no key named " + name + ".");
        } catch (GeneralSecurityException e) {
            throw closed(e);
        }
    }

    void write(String name, PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        open().setKeyEntry(name, key, null, chain.toArray(Certificate[]::new));
    }

    private KeyStore open() {
        String pin = SecretFile.text(pinFile);
        if (pin.isBlank()) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + pinFile + " of pkcs11.pin-file holds no PIN.");
        }
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", connected());
            keys.load(null, pin.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw closed(e);
        }
    }

    private Problem closed(Exception cause) {
        return new Problem(Kind.MISCONFIGURED, "The PKCS#11 device of " + library + " does not open with the PIN in " + pinFile + ".", cause);
    }
}
