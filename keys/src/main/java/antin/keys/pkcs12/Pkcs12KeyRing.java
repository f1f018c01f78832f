package antin.keys.pkcs12;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SigningKey;
import antin.keys.Fitting;
import antin.keys.KeyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder with {@code NAME.p12} for each key, and {@code NAME.pending.p12} while it waits for its certificate, all under one
 * password. A file is read once and kept; files are written whole and 0600. One process uses the folder.
 */
public final class Pkcs12KeyRing implements KeyRing {

    private static final String END = ".p12";

    private final Path folder;
    private final Path passwordFile;
    private final Clock clock;
    private final Map<String, SoftwareKey> read = new ConcurrentHashMap<>();

    public Pkcs12KeyRing(Path folder, Path passwordFile, Clock clock) {
        this.folder = folder;
        this.passwordFile = passwordFile;
        this.clock = clock;
    }

    @Override
    public Set<String> names() {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(END))
                .map(file -> file.substring(0, file.length() - END.length()))
                // A name has no dot, so that no pending file and no editor's backup is among them.
                .filter(KeyName::isWellFormed).forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The folder of keys " + folder + " cannot be read.", e);
        }
    }

    @Override
    public Optional<SigningKey> find(String name) {
        return KeyName.isWellFormed(name) ? key(name).map(SigningKey.class::cast) : Optional.empty();
    }

    @Override
    public Optional<DecryptionKey> findForDecryption(String name) {
        return KeyName.isWellFormed(name) ? key(name).map(DecryptionKey.class::cast) : Optional.empty();
    }

    @Override
    public synchronized PendingKey pending(String name, KeyType type, KeyUse use) {
        if (key(KeyName.checked(name)).isPresent()) {
            throw new Problem(Kind.CONFLICT, "There is a key " + name + " already.");
        }
        SoftwareKey key;
        if (Files.exists(pendingFile(name).file())) {
            key = pendingFile(name).read(name);
            Fitting.check(type, name, key.publicKey());
        } else {
            key = NewKey.make(name, type, clock.instant());
            key.store(pendingFile(name));
        }
        return key;
    }

    @Override
    public synchronized SigningKey complete(String name, List<X509Certificate> chain) {
        Optional<SoftwareKey> before = Fitting.completed(key(KeyName.checked(name)), name, chain);
        if (before.isPresent()) {
            return before.get();
        }
        if (!Files.exists(pendingFile(name).file())) {
            throw new Problem(Kind.MISCONFIGURED, "No key " + name + " waits for a certificate.");
        }
        SoftwareKey pending = pendingFile(name).read(name);
        Fitting.check(chain, name, pending.publicKey());
        SoftwareKey key = pending.with(chain);
        key.store(file(name));
        read.put(name, key);
        try {
            // After a crash just before this line the pending file stays and nobody asks for it: the key comes first.
            Files.delete(pendingFile(name).file());
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + pendingFile(name).file() + " cannot be removed.", e);
        }
        return key;
    }

    @Override
    public boolean isAvailable() {
        return Files.isReadable(passwordFile) && (!Files.exists(folder) || Files.isReadable(folder));
    }

    @Override
    public void close() {
        read.clear();
    }

    private Optional<SoftwareKey> key(String name) {
        SoftwareKey known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (!Files.exists(file(name).file())) {
            return Optional.empty();
        }
        return Optional.of(read.computeIfAbsent(name, absent -> file(name).read(name)));
    }

    private KeyFile file(String name) {
        return new KeyFile(folder.resolve(name + END), passwordFile);
    }

    private KeyFile pendingFile(String name) {
        return new KeyFile(folder.resolve(name + ".pending" + END), passwordFile);
    }
}
