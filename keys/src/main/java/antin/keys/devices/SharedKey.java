package antin.keys.devices;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyTransport;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.DigestSignatures;
import antin.keys.Fitting;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key that lies on one device or several, with one certificate. Each use goes to the device with the least to do, and to the next one where that fails. */
final class SharedKey implements SigningKey, DecryptionKey {

    /** The key as one device has it. */
    record Copy(SigningKey signing, DecryptionKey decryption) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(SharedKey.class);

    private final String name;
    private final List<X509Certificate> chain;
    private final Map<KeyDevice, Copy> copies = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    SharedKey(String name, List<X509Certificate> chain) {
        this.name = name;
        this.chain = List.copyOf(chain);
    }

    /** Takes a device's copy in, where it has this key's certificate: another one under the same name is never used. */
    void add(KeyDevice device, Copy copy) {
        if (!copy.signing.certificate().equals(certificate())) {
            LOG.warn("The device {} has another certificate under the name {} and is not used for it. Give one of them another name.", device.name(), name);
        } else if (copies.put(device, copy) == null) {
            LOG.debug("The key {} is on {}", name, device.name());
        }
    }

    boolean isOn(KeyDevice device) {
        return copies.containsKey(device);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The value is verified here, so that a device which made a wrong one is known, and another makes it right. */
    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned) {
        Fitting.check(algorithm, certificate().getPublicKey());
        return onOne(copy -> verified(algorithm, toBeSigned, copy.signing.sign(algorithm, toBeSigned)));
    }

    @Override
    public byte[] signDigest(SignatureAlgorithm algorithm, byte[] digest) {
        Fitting.check(algorithm, certificate().getPublicKey(), digest);
        return onOne(copy -> {
            byte[] value = copy.signing.signDigest(algorithm, digest);
            if (!DigestSignatures.verify(algorithm, certificate().getPublicKey(), digest, value)) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The device made a wrong value.");
            }
            return value;
        });
    }

    @Override
    public byte[] unwrap(KeyTransport transport, byte[] encrypted, int length) {
        Fitting.rsa(certificate().getPublicKey());
        return onOne(copy -> copy.decryption.unwrap(transport, encrypted, length));
    }

    @Override
    public byte[] agree(ECPublicKey untrusted) {
        Fitting.ec(certificate().getPublicKey());
        return onOne(copy -> copy.decryption.agree(untrusted));
    }

    private byte[] onOne(Function<Copy, byte[]> use) {
        Problem last = null;
        for (Map.Entry<KeyDevice, Copy> place : inTurn()) {
            try {
                return place.getKey().use(() -> use.apply(place.getValue()));
            } catch (Problem e) {
                if (e.kind() != Kind.PEER_UNAVAILABLE && e.kind() != Kind.MISCONFIGURED) {
                    throw e; // what was asked is at fault, not the device
                }
                LOG.warn("The key {} is used on another device than {}, if there is one: {}", name, place.getKey().name(), e.detail());
                last = worse(last, e);
            }
        }
        throw last == null ? new Problem(Kind.PEER_UNAVAILABLE, "No device that has the key answers now.") : last;
    }

    /** The devices that are in: those with the least to do first, and one after the other among equals. */
    private List<Map.Entry<KeyDevice, Copy>> inTurn() {
        List<Map.Entry<KeyDevice, Copy>> in = new ArrayList<>(copies.entrySet().stream().filter(place -> place.getKey().isIn())
            .sorted(Comparator.comparing(place -> place.getKey().name())).toList());
        if (in.size() > 1) {
            Collections.rotate(in, Math.floorMod(turn.getAndIncrement(), in.size()));
            in.sort(Comparator.comparingInt(place -> place.getKey().load()));
        }
        return in;
    }

    /** Where one of them is only away for now, the whole is worth another try. */
    private static Problem worse(@Nullable Problem before, Problem now) {
        return before != null && before.kind() == Kind.PEER_UNAVAILABLE ? before : now;
    }

    private byte[] verified(SignatureAlgorithm algorithm, byte[] toBeSigned, byte[] value) {
        try {
            Signature engine = algorithm.engine();
            engine.initVerify(certificate().getPublicKey());
            engine.update(toBeSigned);
            if (engine.verify(value)) {
                return value;
            }
        } catch (GeneralSecurityException e) {
            LOG.debug("A value that is none", e);
        }
        throw new Problem(Kind.PEER_UNAVAILABLE, "A key device made a wrong value.");
    }

    @Override
    public String toString() {
        return "SharedKey " + name;
    }
}
