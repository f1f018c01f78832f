package antin.ca.bootstrap;

import antin.ca.authority.Authority;
import antin.ca.authority.KeyFile;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Where a leaf's key and chain lie. */
sealed interface KeyPlace {

    /** The file that people would look for. */
    Path file();

    /** Throws {@link antin.kernel.Problem} where it is missing, cut off, or readable by others. */
    KeyFile.Content read();

    void write(PrivateKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException;

    /** What is kept beside the key. */
    List<X509Certificate> chain(Authority authority, X509Certificate leaf);

    /** {@code NAME.key} and {@code NAME.pem}; what a peer needs beside its own anchor: the leaf, and authorities below the root. */
    record Pem(Path folder, String name) implements KeyPlace {

        @Override
        public Path file() {
            return folder.resolve(name + ".pem");
        }

        @Override
        public KeyFile.Content read() {
            return new KeyFile.Content(PemFile.privateKey(folder.resolve(name + ".key"), "EC"), PemFile.certificates(file()));
        }

        @Override
        public void write(PrivateKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
            SecretFile.write(folder.resolve(name + ".key"), PemFile.encode(key));
            PublicFile.write(file(), PemFile.encode(chain));
        }

        @Override
        public List<X509Certificate> chain(Authority authority, X509Certificate leaf) {
            return authority.chain().size() == 1 ? List.of(leaf) : List.of(leaf, authority.certificate());
        }
    }

    /** PKCS#12 with the whole chain. */
    record Pkcs12(KeyFile keyFile) implements KeyPlace {

        @Override
        public Path file() {
            return keyFile.file();
        }

        @Override
        public KeyFile.Content read() {
            return keyFile.read();
        }

        @Override
        public void write(PrivateKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
            keyFile.write(key, chain);
        }

        @Override
        public List<X509Certificate> chain(Authority authority, X509Certificate leaf) {
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            chain.addAll(authority.chain());
            return chain;
        }
    }
}
