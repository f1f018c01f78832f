package antin.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.KeyTransport;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every key ring keeps. Signatures are checked by the JDK, with the public key of the certificate. */
public interface KeyRingContract {

    /** A ring on this test's own place; opened anew at each call. */
    KeyRing open() throws Exception;

    @ParameterizedTest
    @EnumSource
    default void signsByEveryAlgorithmThatFitsTheKey(SignatureAlgorithm algorithm) throws Exception {
        try (KeyRing ring = open()) {
            SigningKey key = made(ring, "seal", typeFor(algorithm));
            for (int length : List.of(0, 1, 100_000)) {
                byte[] text = new byte[length];
                assertThat(verifies(key.certificate().getPublicKey(), algorithm, text, key.sign(algorithm, text))).isTrue();
                assertThat(verifies(key.certificate().getPublicKey(), algorithm, "another".getBytes(UTF_8), key.sign(algorithm, text))).isFalse();
                byte[] digest = MessageDigest.getInstance(algorithm.digest()).digest(text);
                assertThat(verifies(key.certificate().getPublicKey(), algorithm, text, key.signDigest(algorithm, digest))).as("of a digest " + algorithm).isTrue();
                assertThatThrownBy(() -> key.signDigest(algorithm, Arrays.copyOf(digest, 20))).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    default void opensWhatWasEncryptedToAMailKeyAndNeverTellsThatPaddingWasWrong() throws Exception {
        try (KeyRing ring = open()) {
            ring.complete("mail", new TestAuthority().chainFor(ring.pending("mail", KeyType.RSA_3072, KeyUse.MAIL).publicKey()));
            DecryptionKey key = ring.findForDecryption("mail").orElseThrow();
            byte[] secret = new byte[32];
            secret[0] = 7;
            for (KeyTransport transport : List.of(KeyTransport.PKCS1, KeyTransport.oaep("SHA-1", "SHA-1"), KeyTransport.oaep("SHA-256", "SHA-256"), KeyTransport.oaep("SHA-512", "SHA-1"))) {
                byte[] encrypted = encrypted(key.certificate().getPublicKey(), transport, secret);
                assertThat(key.unwrap(transport, encrypted, 32)).as("%s", transport).isEqualTo(secret);
                byte[] shorter = key.unwrap(transport, encrypted, 24);
                assertThat(shorter).as("another length than expected").hasSize(24).isNotEqualTo(Arrays.copyOfRange(secret, 8, 32)).isEqualTo(key.unwrap(transport, encrypted, 24));
                encrypted[100] ^= 1;
                assertThat(key.unwrap(transport, encrypted, 32)).hasSize(32).isNotEqualTo(secret).isEqualTo(key.unwrap(transport, encrypted, 32));
            }
            byte[] above = new byte[384];
            Arrays.fill(above, (byte) 0xff);
            assertThat(key.unwrap(KeyTransport.PKCS1, above, 16)).hasSize(16);
            assertThat(key.unwrap(KeyTransport.PKCS1, new byte[3], 16)).hasSize(16);
            assertThatThrownBy(() -> key.agree((ECPublicKey) TestAuthority.newKey().getPublic())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Whether the place knows ECDH. */
    default boolean agrees() {
        return true;
    }

    @Test
    default void agreesOnASecretWithAPointOnItsCurveOnly() throws Exception {
        try (KeyRing ring = open()) {
            ring.complete("mail-ec", new TestAuthority().chainFor(ring.pending("mail-ec", KeyType.EC_P256, KeyUse.MAIL).publicKey()));
            DecryptionKey key = ring.findForDecryption("mail-ec").orElseThrow();
            KeyPair other = TestAuthority.newKey();
            ECPublicKey point = (ECPublicKey) other.getPublic();
            ECPublicKey off = new PointOffTheCurve(point);
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> key.agree(off)).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_DOCUMENT));
            assertThatThrownBy(() -> key.unwrap(KeyTransport.PKCS1, new byte[384], 16)).isInstanceOf(IllegalArgumentException.class);
            if (agrees()) {
                KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
                agreement.init(other.getPrivate());
                agreement.doPhase(key.certificate().getPublicKey(), true);
                assertThat(key.agree(point)).isEqualTo(agreement.generateSecret());
            }
        }
    }

    @Test
    default void refusesAnAlgorithmOfAnotherKindOfKey() throws Exception {
        try (KeyRing ring = open()) {
            PendingKey rsa = ring.pending("rsa", KeyType.RSA_3072);
            SigningKey ec = made(ring, "ec", KeyType.EC_P256);
            assertThatThrownBy(() -> rsa.sign(SignatureAlgorithm.ECDSA_SHA256, new byte[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ec.sign(SignatureAlgorithm.RSA_PSS_SHA256, new byte[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ec.sign(SignatureAlgorithm.RSA_SHA256, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aKeyWaitsUntilItsCertificateComes() throws Exception {
        TestAuthority authority = new TestAuthority();
        PublicKey asMade;
        List<X509Certificate> chain;
        try (KeyRing ring = open()) {
            PendingKey pending = ring.pending("seal", KeyType.EC_P256);
            asMade = pending.publicKey();
            byte[] request = "request".getBytes(UTF_8);
            assertThat(verifies(asMade, SignatureAlgorithm.ECDSA_SHA256, request, pending.sign(SignatureAlgorithm.ECDSA_SHA256, request))).isTrue();
            assertThat(ring.names()).isEmpty();
            assertThat(ring.find("seal")).isEmpty();
        }
        try (KeyRing ring = open()) {
            assertThat(ring.pending("seal", KeyType.EC_P256).publicKey()).as("the same key after a restart").isEqualTo(asMade);
            assertThatExceptionOfType(Problem.class).as("as another kind").isThrownBy(() -> ring.pending("seal", KeyType.RSA_3072));
            chain = authority.chainFor(asMade);
            SigningKey key = ring.complete("seal", chain);
            assertThat(key.name()).isEqualTo("seal");
            assertThat(key.chain()).isEqualTo(chain);
            assertThat(ring.names()).containsExactly("seal");
            assertThat(ring.complete("seal", chain).chain()).as("told twice").isEqualTo(chain);
        }
    }

    @Test
    default void findsItsKeysWhenOpenedAgain() throws Exception {
        List<X509Certificate> rsaChain;
        List<X509Certificate> ecChain;
        try (KeyRing ring = open()) {
            rsaChain = made(ring, "seal", KeyType.RSA_3072).chain();
            ecChain = made(ring, "seal-ec", KeyType.EC_P256).chain();
        }
        try (KeyRing ring = open()) {
            assertThat(ring.names()).containsExactlyInAnyOrder("seal", "seal-ec");
            assertThat(ring.find("seal").orElseThrow().chain()).isEqualTo(rsaChain);
            SigningKey ec = ring.find("seal-ec").orElseThrow();
            assertThat(ec.chain()).isEqualTo(ecChain);
            byte[] text = "text".getBytes(UTF_8);
            assertThat(verifies(ecChain.getFirst().getPublicKey(), SignatureAlgorithm.ECDSA_SHA384, text,
                ec.sign(SignatureAlgorithm.ECDSA_SHA384, text))).isTrue();
        }
    }

    @Test
    default void refusesTheCertificateOfAnotherKey() throws Exception {
        try (KeyRing ring = open()) {
            PublicKey own = ring.pending("seal", KeyType.EC_P256).publicKey();
            TestAuthority authority = new TestAuthority();
            List<X509Certificate> foreign = authority.chainFor(TestAuthority.newKey().getPublic());
            List<X509Certificate> broken = List.of(authority.chainFor(own).get(0), new TestAuthority().chainFor(own).get(1));
            for (List<X509Certificate> chain : List.of(foreign, broken, List.<X509Certificate>of())) {
                assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.complete("seal", chain))
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.MISCONFIGURED));
            }
            assertThat(ring.find("seal")).isEmpty();
            ring.complete("seal", authority.chainFor(own));
        }
    }

    @Test
    default void neverReplacesAKey() throws Exception {
        try (KeyRing ring = open()) {
            SigningKey key = made(ring, "seal", KeyType.EC_P256);
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.pending("seal", KeyType.EC_P256));
            assertThatExceptionOfType(Problem.class).as("another certificate for the same key")
                .isThrownBy(() -> ring.complete("seal", new TestAuthority().chainFor(key.certificate().getPublicKey())));
            assertThat(ring.find("seal").orElseThrow().chain()).isEqualTo(key.chain());
        }
    }

    @Test
    default void knowsNoOtherNames() throws Exception {
        try (KeyRing ring = open()) {
            made(ring, "seal", KeyType.EC_P256);
            for (String name : List.of("other", "", "SEAL", "../seal", "seal.pending", "sea", "seal\0", "con dấu")) {
                assertThat(ring.find(name)).as(name).isEmpty();
            }
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.pending("../seal", KeyType.EC_P256));
            assertThatExceptionOfType(Problem.class).as("nothing was begun")
                .isThrownBy(() -> ring.complete("other", new TestAuthority().chainFor(TestAuthority.newKey().getPublic())));
        }
    }

    @Test
    default void signsForEightThreadsAtOnce() throws Exception {
        try (KeyRing ring = open(); ExecutorService threads = Executors.newFixedThreadPool(8)) {
            SigningKey rsa = made(ring, "seal", KeyType.RSA_3072);
            SigningKey ec = made(ring, "seal-ec", KeyType.EC_P256);
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                byte[] text = ("document " + i).getBytes(UTF_8);
                SigningKey key = i % 2 == 0 ? rsa : ec;
                SignatureAlgorithm algorithm = i % 2 == 0 ? SignatureAlgorithm.RSA_PSS_SHA256 : SignatureAlgorithm.ECDSA_SHA256;
                outcomes.add(threads.submit(() -> verifies(key.certificate().getPublicKey(), algorithm, text, key.sign(algorithm, text))));
            }
            for (Future<Boolean> outcome : outcomes) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    @Test
    default void saysThatItIsAvailable() throws Exception {
        try (KeyRing ring = open()) {
            assertThat(ring.isAvailable()).isTrue();
        }
    }

    private static byte[] encrypted(PublicKey key, KeyTransport transport, byte[] secret) throws Exception {
        Cipher cipher = Cipher.getInstance(transport.isOaep() ? "RSA/ECB/OAEPPadding" : "RSA/ECB/PKCS1Padding");
        if (transport.isOaep()) {
            cipher.init(Cipher.ENCRYPT_MODE, key, new OAEPParameterSpec(transport.digest(), "MGF1", new MGF1ParameterSpec(transport.maskDigest()), PSource.PSpecified.DEFAULT));
        } else {
            cipher.init(Cipher.ENCRYPT_MODE, key);
        }
        return cipher.doFinal(secret);
    }

    /** As a hostile sender would write it. */
    record PointOffTheCurve(ECPublicKey like) implements ECPublicKey {

        private static final long serialVersionUID = 1;

        @Override
        public ECPoint getW() {
            return new ECPoint(like.getW().getAffineX(), like.getW().getAffineY().subtract(BigInteger.ONE));
        }

        @Override
        public ECParameterSpec getParams() {
            return like.getParams();
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return like.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return like.getEncoded();
        }
    }

    private static KeyType typeFor(SignatureAlgorithm algorithm) {
        return "EC".equals(algorithm.keyAlgorithm()) ? KeyType.EC_P256 : KeyType.RSA_3072;
    }

    private static SigningKey made(KeyRing ring, String name, KeyType type) throws Exception {
        return ring.complete(name, new TestAuthority().chainFor(ring.pending(name, type).publicKey()));
    }

    private static boolean verifies(PublicKey key, SignatureAlgorithm algorithm, byte[] text, byte[] value) throws Exception {
        Signature verifier = algorithm.engine();
        verifier.initVerify(key);
        verifier.update(text);
        return verifier.verify(value);
    }
}
