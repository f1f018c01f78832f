package antin.directory.opendj.server;

import antin.kernel.tls.RenewedKeyManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.forgerock.opendj.config.server.ConfigException;
import org.forgerock.opendj.server.config.server.FileBasedKeyManagerProviderCfg;
import org.opends.server.extensions.FileBasedKeyManagerProvider;
import org.opends.server.types.DirectoryException;
import org.opends.server.types.InitializationException;
import org.opends.server.util.StaticUtils;

/**
 * OpenDJ's keys from a PKCS#12 file that may be replaced while it runs. OpenDJ itself reads it when a listener begins, and never again: this one looks every few seconds,
 * as handshakes come. A file that cannot be read changes nothing. The set-up puts this class and {@link RenewedKeyManager} on OpenDJ's class path.
 */
public final class RenewedKeyManagerProvider extends FileBasedKeyManagerProvider {

    private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

    private volatile Path file = Path.of("");

    @Override
    public void initializeKeyManagerProvider(FileBasedKeyManagerProviderCfg configuration) throws ConfigException, InitializationException {
        file = StaticUtils.getFileForPath(configuration.getKeyStoreFile()).toPath();
        super.initializeKeyManagerProvider(configuration);
    }

    /** Throws where there is no key to begin with. */
    @Override
    public KeyManager[] getKeyManagers() throws DirectoryException {
        return new KeyManager[] {new RenewedKeyManager(new Source(this))};
    }

    private X509ExtendedKeyManager read() throws DirectoryException {
        for (KeyManager manager : super.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager found) {
                return found;
            }
        }
        throw new IllegalStateException("The JDK makes no key manager for " + file);
    }

    private String state() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException e) {
            return "";
        }
    }

    /** Of one listener. Safe for use by many threads. */
    private static final class Source implements Supplier<X509ExtendedKeyManager> {

        private final RenewedKeyManagerProvider provider;
        private final ReentrantLock looking = new ReentrantLock();
        private volatile X509ExtendedKeyManager last;
        private volatile long looked;
        private String state;

        Source(RenewedKeyManagerProvider provider) throws DirectoryException {
            this.provider = provider;
            this.state = provider.state();
            this.last = provider.read();
            this.looked = System.nanoTime();
        }

        @Override
        public X509ExtendedKeyManager get() {
            if (System.nanoTime() - looked >= LOOK_NANOS && looking.tryLock()) {
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
            String now = provider.state();
            if (now.equals(state)) {
                return;
            }
            try {
                last = provider.read();
                state = now;
            } catch (DirectoryException | RuntimeException e) {
                // OpenDJ has logged it; what was read before stays in use, and it is tried again
            }
        }
    }
}
