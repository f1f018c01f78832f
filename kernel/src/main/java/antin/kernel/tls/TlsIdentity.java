package antin.kernel.tls;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key with its certificate chain in two PEM files, which may be replaced at any time: what stands in them is looked for every few seconds, as it is needed. What cannot
 * be used, such as a key whose certificate is not there yet, changes nothing. Safe for use by many threads.
 */
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

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** While somebody replaces both, which is two steps. */
    private static final int TRIES_AT_FIRST = 20;

    /** What was read, and of which state of the files. */
    private record Read(Content content, X509ExtendedKeyManager manager, String state) {
    }

    private final Path keyFile;
    private final Path chainFile;
    private final long lookNanos;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Read last;
    private volatile long looked;
    private String refused = "";

    private TlsIdentity(Path keyFile, Path chainFile, Duration look) {
        this.keyFile = keyFile;
        this.chainFile = chainFile;
        this.lookNanos = look.toNanos();
        this.last = readAtFirst();
        this.looked = System.nanoTime();
    }

    /** Throws a problem of kind {@code MISCONFIGURED} for files that cannot be used. */
    public static TlsIdentity read(Path keyFile, Path chainFile) {
        return read(keyFile, chainFile, LOOK);
    }

    static TlsIdentity read(Path keyFile, Path chainFile, Duration look) {
        return new TlsIdentity(keyFile, chainFile, look);
    }

    /** What the files hold, or held when they could last be used. */
    public Content current() {
        return now().content;
    }

    /** For contexts that outlive a certificate: what is {@link #current} is presented at each handshake. */
    public KeyManager[] keyManagers() {
        return new KeyManager[] {new RenewedKeyManager(() -> now().manager)};
    }

    private Read now() {
        if (System.nanoTime() - looked >= lookNanos && looking.tryLock()) { // the others go on with what is there
            try {
                look();
            } finally {
                looked = System.nanoTime();
                looking.unlock();
            }
        }
        return last;
    }

    private void look() {
        String state = "";
        try {
            state = state();
            if (!state.equals(last.state)) {
                last = content(state);
                LOG.info("The certificate of {} is a new one, until {}", last.content.certificate().getSubjectX500Principal(), last.content.certificate().getNotAfter().toInstant());
            }
        } catch (Problem | IOException e) {
            if (!state.equals(refused)) {
                LOG.warn("{} and its key are not what they should be; the certificate from before stays in use", chainFile, e);
            }
            refused = state;
        }
    }

    private Read readAtFirst() {
        for (int tries = 1; ; tries++) {
            try {
                return content(state());
            } catch (Problem e) {
                if (tries == TRIES_AT_FIRST) {
                    throw e;
                }
            } catch (IOException e) {
                throw new Problem(Kind.MISCONFIGURED, "The certificate file " + chainFile + " cannot be read.", e);
            }
            rest();
        }
    }

    private Read content(String state) {
        List<X509Certificate> chain = PemFile.certificates(chainFile);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        PrivateKey key = PemFile.privateKey(keyFile, publicKey.getAlgorithm());
        try {
            if (!fits(key, publicKey)) {
                throw new Problem(Kind.MISCONFIGURED, "The key " + keyFile + " and the certificate " + chainFile + " do not belong together.");
            }
            return new Read(new Content(key, chain), (X509ExtendedKeyManager) TlsMaterial.presenting(key, chain)[0], state);
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + keyFile + " and the certificate " + chainFile + " do not work with TLS.", e);
        }
    }

    private static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        byte[] anything = {1};
        Signature signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(anything);
        byte[] value = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(value);
    }

    /** Of both files: another one under the same name is another state. */
    private String state() throws IOException {
        StringBuilder state = new StringBuilder();
        for (Path file : List.of(keyFile, chainFile)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            state.append(attributes.fileKey()).append(' ').append(attributes.lastModifiedTime()).append(' ').append(attributes.size()).append(' ');
        }
        return state.toString();
    }

    private static void rest() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
