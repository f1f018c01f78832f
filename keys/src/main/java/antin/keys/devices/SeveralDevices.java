package antin.keys.devices;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SigningKey;
import antin.keys.Fitting;
import antin.keys.KeyName;
import antin.keys.devices.SharedKey.Copy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ring in front of one device or several. A key is one where the name and the certificate are the same; how it came onto several devices is their makers' matter (cloning, wrapping). New
 * keys are made on the first device.
 */
public final class SeveralDevices implements KeyRing {

    private final List<KeyDevice> devices;
    private final Map<String, SharedKey> known = new ConcurrentHashMap<>();

    public SeveralDevices(List<KeyDevice> devices) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("At least one device is needed.");
        }
        this.devices = List.copyOf(devices);
    }

    /** Starts to watch the devices. */
    public SeveralDevices start() {
        devices.forEach(device -> device.start(() -> lookForCopies(device)));
        return this;
    }

    public List<KeyDevice> devices() {
        return devices;
    }

    /** Of the devices that answer. */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        Problem last = new Problem(Kind.PEER_UNAVAILABLE, "No key device answers now.");
        boolean told = false;
        for (KeyDevice device : devices) {
            try {
                if (device.isIn()) {
                    names.addAll(device.ask(device.ring()::names));
                    told = true;
                }
            } catch (Problem e) {
                last = e;
            }
        }
        if (!told) {
            throw last;
        }
        return names;
    }

    @Override
    public Optional<SigningKey> find(String name) {
        return key(name).map(SigningKey.class::cast);
    }

    @Override
    public Optional<DecryptionKey> findForDecryption(String name) {
        return key(name).map(DecryptionKey.class::cast);
    }

    @Override
    public PendingKey pending(String name, KeyType type, KeyUse use) {
        if (key(KeyName.checked(name)).isPresent()) {
            throw new Problem(Kind.CONFLICT, "There is a key " + name + " already.");
        }
        return devices.getFirst().ask(() -> devices.getFirst().ring().pending(name, type, use));
    }

    @Override
    public SigningKey complete(String name, List<X509Certificate> chain) {
        Optional<SharedKey> before = Fitting.completed(key(KeyName.checked(name)), name, chain);
        if (before.isPresent()) {
            return before.get();
        }
        devices.getFirst().ask(() -> devices.getFirst().ring().complete(name, chain));
        return key(name).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "The device did not keep the key " + name + "."));
    }

    /** Whether one at least answers. */
    @Override
    public boolean isAvailable() {
        return devices.stream().anyMatch(KeyDevice::isIn);
    }

    @Override
    public void close() {
        devices.forEach(KeyDevice::close);
    }

    /** Where no device has it and one is away, nobody knows whether it is there. */
    private Optional<SharedKey> key(String name) {
        if (!KeyName.isWellFormed(name)) {
            return Optional.empty();
        }
        SharedKey before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        SharedKey found = null;
        Problem why = null;
        for (KeyDevice device : devices) {
            try {
                Optional<Copy> copy = copy(device, name);
                if (copy.isPresent()) {
                    found = found == null ? new SharedKey(name, copy.get().signing().chain()) : found;
                    found.add(device, copy.get());
                }
            } catch (Problem e) {
                why = e;
            }
        }
        if (found != null) {
            SharedKey other = known.putIfAbsent(name, found);
            return Optional.of(other == null ? found : other);
        }
        if (why != null) {
            throw why;
        }
        return Optional.empty();
    }

    private static Optional<Copy> copy(KeyDevice device, String name) {
        if (!device.isIn()) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "A key device does not answer now.");
        }
        return device.ask(() -> {
            Optional<SigningKey> signing = device.ring().find(name);
            Optional<DecryptionKey> decryption = device.ring().findForDecryption(name);
            return signing.isEmpty() || decryption.isEmpty() ? Optional.empty() : Optional.of(new Copy(signing.get(), decryption.get()));
        });
    }

    /** A device that was away when a key was found may have it as well. */
    private void lookForCopies(KeyDevice device) {
        for (SharedKey key : known.values()) {
            if (!key.isOn(device)) {
                copy(device, key.name()).ifPresent(copy -> key.add(device, copy));
            }
        }
    }
}
