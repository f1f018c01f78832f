package antin.keys.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.SignatureAlgorithm;
import antin.keys.KeyRingContract;
import antin.keys.TestAuthority;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

class Pkcs11KeyRingTest implements KeyRingContract {

    @TempDir
    Path folder;

    private SoftHsm softHsm;

    @BeforeEach
    void token() throws Exception {
        softHsm = new SoftHsm(folder);
        SampleToken.prepare(SoftHsm.LIBRARY, softHsm.label, softHsm.pinFile);
    }

    @Override
    public KeyRing open() {
        return Pkcs11KeyRing.open(softHsm.settings());
    }

    @Test
    void thePrivateKeyCannotBeReadOut() throws Exception {
        try (KeyRing ring = open(); Library library = Library.load(SoftHsm.LIBRARY)) {
            ring.pending("seal", KeyType.RSA_3072);
            ring.pending("seal-ec", KeyType.EC_P256);
            Session session = library.slot(softHsm.label).orElseThrow().getToken().openSession(true);
            long[] keys = session.findAllObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY));
            assertThat(keys).hasSize(2);
            for (long key : keys) {
                AttributeVector attributes = session.getAttrValues(key, PKCS11Constants.CKA_SENSITIVE, PKCS11Constants.CKA_EXTRACTABLE,
                    PKCS11Constants.CKA_ALWAYS_SENSITIVE, PKCS11Constants.CKA_NEVER_EXTRACTABLE, PKCS11Constants.CKA_TOKEN, PKCS11Constants.CKA_PRIVATE);
                assertThat(attributes.sensitive()).isTrue();
                assertThat(attributes.extractable()).isFalse();
                assertThat(attributes.alwaysSensitive()).isTrue();
                assertThat(attributes.neverExtractable()).isTrue();
                assertThat(attributes.token()).isTrue();
                assertThat(attributes.private_()).isTrue();
                assertThat(read(session, key, PKCS11Constants.CKA_PRIVATE_EXPONENT)).isNull();
                assertThat(read(session, key, PKCS11Constants.CKA_VALUE)).isNull();
            }
        }
    }

    @Test
    void signsAgainAfterItsSessionsDied() throws Exception {
        try (KeyRing ring = open(); Library library = Library.load(SoftHsm.LIBRARY)) {
            var key = ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
            library.slot(softHsm.label).orElseThrow().getToken().openSession(false).logout();
            assertThat(key.sign(SignatureAlgorithm.ECDSA_SHA256, "after a log-out".getBytes(UTF_8))).isNotEmpty();
            library.closeAllSessions(library.slot(softHsm.label).orElseThrow());
            assertThat(key.sign(SignatureAlgorithm.ECDSA_SHA256, "after all sessions were closed".getBytes(UTF_8))).isNotEmpty();
            library.closeAllSessions(library.slot(softHsm.label).orElseThrow());
            assertThat(ring.isAvailable()).isTrue();
            library.closeAllSessions(library.slot(softHsm.label).orElseThrow());
            assertThat(ring.pending("another", KeyType.EC_P256).publicKey().getAlgorithm()).isEqualTo("EC");
        }
    }

    @Test
    void whoFindsAllSessionsInUseWaits() throws Exception {
        var settings = new Pkcs11Settings(SoftHsm.LIBRARY, softHsm.label, softHsm.pinFile, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (Library library = Library.load(SoftHsm.LIBRARY); TokenSessions sessions = new TokenSessions(library, settings);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Boolean> first = threads.submit(() -> sessions.use(session -> {
                inside.countDown();
                return waited(enough);
            }));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            Future<Boolean> second = threads.submit(() -> sessions.use(session -> enough.getCount() == 0));
            assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(sessions.answer()).as("busy is not away").isTrue();
            enough.countDown();
            assertThat(first.get()).isTrue();
            assertThat(second.get()).as("it came after the first").isTrue();
        }
    }

    @Test
    void aWrongPinIsSentOnce() throws Exception {
        SecretFile.write(softHsm.pinFile, "00000000");
        try (KeyRing ring = open()) {
            assertThatExceptionOfType(Problem.class).isThrownBy(ring::names)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.MISCONFIGURED));
            // The right one would be taken: that it is not shows that nothing was sent.
            SecretFile.write(softHsm.pinFile, SoftHsm.PIN);
            assertThatExceptionOfType(Problem.class).isThrownBy(ring::names);
            assertThat(ring.isAvailable()).isFalse();
        }
        try (KeyRing ring = open()) {
            assertThat(ring.names()).as("after a restart").isEmpty();
        }
    }

    @Test
    void anEmptyPinIsNeverSent() throws Exception {
        SecretFile.write(softHsm.pinFile, "\n");
        assertThatExceptionOfType(Problem.class).isThrownBy(this::open).withMessageContaining("is empty");
    }

    @Test
    void saysThatATokenIsAway() throws Exception {
        var settings = new Pkcs11Settings(SoftHsm.LIBRARY, "nowhere", softHsm.pinFile, 1);
        try (KeyRing ring = Pkcs11KeyRing.open(settings)) {
            assertThat(ring.isAvailable()).isFalse();
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.find("seal"))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
        }
    }

    @Test
    void refusesALibraryThatIsNotThere() {
        var settings = new Pkcs11Settings(folder.resolve("none.so"), softHsm.label, softHsm.pinFile, 1);
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> Pkcs11KeyRing.open(settings))
            .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.MISCONFIGURED));
    }

    @Test
    void aTokenThatIsReadyIsLeftAlone() throws Exception {
        try (KeyRing ring = open()) {
            ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
        }
        SampleToken.prepare(SoftHsm.LIBRARY, softHsm.label, softHsm.pinFile);
        try (KeyRing ring = open()) {
            assertThat(ring.names()).containsExactly("seal");
        }
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object read(Session session, long key, long attribute) {
        try {
            return session.getAttrValues(key, attribute).getAttribute(attribute).getValue();
        } catch (PKCS11Exception e) {
            return null;
        }
    }
}
