package antin.keys.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.KeyRingContract;
import antin.keys.TestAuthority;
import antin.keys.pkcs11.ForeignCertificate;
import antin.keys.pkcs11.HsmServer;
import antin.keys.pkcs11.Pkcs11KeyRing;
import antin.keys.pkcs11.Pkcs11KeyRings;
import antin.keys.pkcs11.Pkcs11Settings;
import antin.keys.pkcs11.SampleToken;
import antin.keys.pkcs11.SoftHsm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two HSMs with the same key: {@code far} in a process that dies and hangs, {@code near} one whose token is taken out and put back. */
class SeveralDevicesTest implements KeyRingContract {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ECDSA_SHA256;
    private static final AtomicInteger TEXTS = new AtomicInteger();

    @TempDir
    Path folder;
    private HsmServer far;
    private SoftHsm near;
    private Path nearTokens;
    private List<X509Certificate> chain = List.of();

    @BeforeEach
    void twoHsms() throws Exception {
        near = new SoftHsm(folder);
        nearTokens = Path.of(System.getenv("SOFTHSM2_CONF")).resolveSibling("tokens");
        far = new HsmServer(folder.resolve("far"), Path.of(System.getenv("P11_KIT_SERVER_ADDRESS").substring("unix:path=".length()))).start();
        SampleToken.prepare(HsmServer.CLIENT, near.label, near.pinFile);
    }

    @AfterEach
    void stop() throws Exception {
        far.close();
    }

    /** For the contract: keys are made on {@code far}, the first one. */
    @Override
    public KeyRing open() {
        return ring(farSettings(near.pinFile));
    }

    /** p11-kit does not carry that mechanism. */
    @Override
    public boolean agrees() {
        return false;
    }

    @Test
    void usesBothAndGoesOnWithOneWhileTheOtherIsDead() throws Exception {
        sameKeyOnBoth();
        try (SeveralDevices ring = ring(farSettings(near.pinFile), nearSettings())) {
            SigningKey key = ring.find("seal").orElseThrow();
            assertThat(key.chain()).isEqualTo(chain);
            signs(key, 10);
            assertThat(ring.devices()).allSatisfy(device -> assertThat(device.uses()).as(device.name()).isEqualTo(5));
            AtomicBoolean going = new AtomicBoolean(true);
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<Integer>> counts = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    counts.add(threads.submit(() -> signsWhile(going, key)));
                }
                await().atMost(SOON).until(() -> uses(ring, 0) > 30);
                far.kill();
                await().atMost(SOON).until(() -> !ring.devices().getFirst().isIn());
                long then = uses(ring, 1);
                await().atMost(SOON).until(() -> uses(ring, 1) > then + 50);
                assertThat(ring.isAvailable()).isTrue();
                far.start();
                long dead = uses(ring, 0);
                await().atMost(SOON).until(() -> uses(ring, 0) > dead + 30);
                going.set(false);
                for (Future<Integer> count : counts) {
                    assertThat(count.get()).as("every one of them right").isPositive();
                }
            }
        }
    }

    @Test
    void aTokenTakenOutAndPutBackIsUsedAgain() throws Exception {
        sameKeyOnBoth();
        try (SeveralDevices ring = ring(farSettings(near.pinFile), nearSettings())) {
            SigningKey key = ring.find("seal").orElseThrow();
            signs(key, 4);
            Path away = Files.move(nearTokens, nearTokens.resolveSibling("away"));
            signs(key, 20);
            await().atMost(SOON).until(() -> !ring.devices().getLast().isIn());
            far.kill();
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> signs(key, 3)).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
            long start = System.nanoTime();
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> signs(key, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("nobody waits for devices that are out").isLessThan(Duration.ofSeconds(1));
            assertThat(ring.isAvailable()).isFalse();
            Files.move(away, nearTokens);
            await().atMost(Duration.ofSeconds(25)).until(() -> ring.devices().getLast().isIn());
            signs(key, 3);
        }
    }

    @Test
    void aDeviceThatHangsKeepsNobody() throws Exception {
        sameKeyOnBoth();
        try (SeveralDevices ring = ring(farSettings(near.pinFile), nearSettings())) {
            SigningKey key = ring.find("seal").orElseThrow();
            far.signal("STOP");
            try {
                signs(key, 6);
                assertThat(ring.devices().getFirst().isIn()).isFalse();
            } finally {
                far.signal("CONT");
            }
            await().atMost(Duration.ofSeconds(25)).until(() -> ring.devices().getFirst().isIn());
            signs(key, 6);
        }
    }

    @Test
    void aRefusedPinIsNotSentAgainAndTheOtherDeviceDoesTheWork() throws Exception {
        sameKeyOnBoth();
        Path wrong = folder.resolve("wrong.pin");
        SecretFile.write(wrong, "00000000");
        try (SeveralDevices ring = ring(farSettings(wrong), nearSettings())) {
            SigningKey key = ring.find("seal").orElseThrow();
            await().atMost(SOON).until(() -> !ring.devices().getFirst().isIn());
            signs(key, 5);
            SecretFile.write(wrong, SoftHsm.PIN);
            Thread.sleep(1_500); // it is asked again meanwhile, and would be in if the PIN were sent
            assertThat(ring.devices().getFirst().isIn()).isFalse();
            assertThat(uses(ring, 0)).isZero();
        }
    }

    @Test
    void anotherCertificateUnderTheNameIsNotUsed() throws Exception {
        try (KeyRing one = ring(farSettings(near.pinFile)); KeyRing other = ring(nearSettings())) {
            SampleToken.prepare(SoftHsm.LIBRARY, near.label, near.pinFile);
            chain = one.complete("seal", new TestAuthority().chainFor(one.pending("seal", KeyType.EC_P256).publicKey())).chain();
            other.complete("seal", new TestAuthority().chainFor(other.pending("seal", KeyType.EC_P256).publicKey()));
        }
        try (SeveralDevices ring = ring(farSettings(near.pinFile), nearSettings())) {
            SigningKey key = ring.find("seal").orElseThrow();
            assertThat(key.chain()).isEqualTo(chain);
            signs(key, 6);
            assertThat(uses(ring, 1)).isZero();
        }
    }

    @Test
    void noWrongValueLeavesItAndWhoMadeOneIsOut() throws Exception {
        try (KeyRing one = ring(farSettings(near.pinFile)); KeyRing other = ring(nearSettings())) {
            SampleToken.prepare(SoftHsm.LIBRARY, near.label, near.pinFile);
            chain = one.complete("seal", new TestAuthority().chainFor(one.pending("seal", KeyType.EC_P256).publicKey())).chain();
            other.pending("seal", KeyType.EC_P256);
        }
        ForeignCertificate.store(nearSettings(), "seal", chain.getFirst());
        try (SeveralDevices ring = ring(nearSettings(), farSettings(near.pinFile))) {
            signs(ring.find("seal").orElseThrow(), 20);
            assertThat(ring.devices().getFirst().failures()).isPositive();
            assertThat(uses(ring, 0)).isZero();
            assertThat(uses(ring, 1)).isEqualTo(20);
        }
        try (SeveralDevices alone = ring(nearSettings())) {
            SigningKey key = alone.find("seal").orElseThrow();
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> key.sign(ALGORITHM, new byte[1])).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
        }
    }

    @Test
    void oneTokenOfALibraryGoesOnWhileItsNeighbourIsAway() throws Exception {
        Pkcs11Settings nobody = new Pkcs11Settings(HsmServer.CLIENT, "nowhere", near.pinFile, 4, PATIENCE);
        try (SeveralDevices ring = ring(farSettings(near.pinFile))) {
            chain = ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey())).chain();
        }
        try (SeveralDevices ring = ring(farSettings(near.pinFile), nobody)) {
            SigningKey key = ring.find("seal").orElseThrow();
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos(); // the other is asked again and again meanwhile
            while (System.nanoTime() < end) {
                signs(key, 10);
            }
            assertThat(ring.devices().getFirst().failures()).as("the library was not started anew under it").isZero();
            assertThat(ring.devices().getLast().isIn()).isFalse();
        }
    }

    @Test
    void aLoneDeviceThatDiedIsUsedAgainWithoutARestart() throws Exception {
        try (SeveralDevices ring = ring(farSettings(near.pinFile))) {
            SigningKey key = ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
            chain = key.chain();
            for (int i = 0; i < 2; i++) {
                far.kill();
                assertThatExceptionOfType(Problem.class).isThrownBy(() -> signs(key, 1)).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
                assertThatExceptionOfType(Problem.class).as("whether there is another is not known").isThrownBy(() -> ring.find("other"));
                far.start();
                await().atMost(SOON).until(() -> ring.devices().getFirst().isIn());
                signs(key, 3);
                assertThat(ring.find("other")).isEmpty();
            }
        }
    }

    /** A clone, as makers of HSMs have their tools for: here the token's files are copied. */
    private void sameKeyOnBoth() throws Exception {
        try (SeveralDevices ring = ring(farSettings(near.pinFile))) {
            chain = ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey())).chain();
        }
        try (Stream<Path> files = Files.walk(far.tokens())) {
            for (Path file : files.toList()) {
                Path copy = nearTokens.resolve(far.tokens().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private Pkcs11Settings farSettings(Path pinFile) {
        return new Pkcs11Settings(HsmServer.CLIENT, near.label, pinFile, 4, PATIENCE);
    }

    private Pkcs11Settings nearSettings() {
        return new Pkcs11Settings(SoftHsm.LIBRARY, near.label, near.pinFile, 4, PATIENCE);
    }

    private static SeveralDevices ring(Pkcs11Settings... settings) {
        List<KeyDevice> devices = new ArrayList<>();
        for (Pkcs11KeyRing ring : Pkcs11KeyRings.open(List.of(settings))) {
            devices.add(new KeyDevice("device-" + devices.size(), ring));
        }
        return new SeveralDevices(devices).start();
    }

    private static long uses(SeveralDevices ring, int device) {
        return ring.devices().get(device).uses();
    }

    private int signsWhile(AtomicBoolean going, SigningKey key) throws Exception {
        int done = 0;
        while (going.get()) {
            signs(key, 1);
            done++;
        }
        return done;
    }

    private void signs(SigningKey key, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            byte[] text = ("text " + TEXTS.incrementAndGet()).getBytes(UTF_8);
            Signature verifier = ALGORITHM.engine();
            verifier.initVerify(chain.getFirst());
            verifier.update(text);
            assertThat(verifier.verify(key.sign(ALGORITHM, text))).isTrue();
        }
    }
}
