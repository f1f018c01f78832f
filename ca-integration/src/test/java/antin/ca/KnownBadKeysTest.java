package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that look strong and are not, each refused with a sentence that says why. */
class KnownBadKeysTest {

    private static final BigInteger E = RSAKeyGenParameterSpec.F4;
    private static final int HALF = 1536;

    private final SecureRandom random = new SecureRandom();

    @Test
    void refusesKeysOfTheChipsWithTheBrokenGenerator() throws Exception {
        refuse(TestRequests.pkcs10(pair(roca(), roca())), "ROCA");
    }

    @Test
    void refusesPrimesThatLieCloseTogether() throws Exception {
        BigInteger p = prime();
        refuse(TestRequests.pkcs10(pair(p, p.add(BigInteger.TWO).nextProbablePrime())), "close together");
    }

    @Test
    void refusesASmallFactor() throws Exception {
        BigInteger small = BigInteger.valueOf(751);
        BigInteger large = new BigInteger(2 * HALF, 50, random);
        refuse(TestRequests.pkcs10(pair(small, large)), "small factor");
    }

    @Test
    void refusesASmallExponentAndAShortModulus() throws Exception {
        refuse(TestRequests.pkcs10(TestRequests.rsa(3072, BigInteger.valueOf(3))), "exponent 65537");
        refuse(TestRequests.pkcs10(TestRequests.rsa(2048, E)), "has 2048 bits");
    }

    @Test
    void takesKeysOfAGoodGenerator() throws Exception {
        byte[] pkcs10 = TestRequests.pkcs10(TestRequests.rsa(3072, E));
        assertThatCode(() -> RequestRules.check(TestRequests.withKey(TestRequests.any(), pkcs10))).doesNotThrowAnyException();
    }

    @Test
    void refusesAKeyWhoseCertificateWasRevokedAsCompromisedAlsoBeforeThereWasAMark(@TempDir Path home) throws Exception {
        String database = TestPostgres.newDatabase();
        KeyPair key = TestRequests.ec("secp256r1");
        KeyPair old = TestRequests.ec("secp256r1");
        KeyPair superseded = TestRequests.ec("secp256r1");
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            for (KeyPair one : java.util.List.of(key, old, superseded)) {
                BigInteger serial = test.authority().issue(TestRequests.seal(TestRequests.newId(), one)).certificate().getSerialNumber();
                test.authority().revoke(serial, one == superseded ? RevocationReason.SUPERSEDED : RevocationReason.KEY_COMPROMISE, "admin");
            }
            refuse(test, key);
            test.authority().issue(TestRequests.seal(TestRequests.newId(), superseded));
        }
        try (Connection connection = TestPostgres.source(database).getConnection(); Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update subject_key set compromised = false where compromised")).isEqualTo(2);
        }
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            refuse(test, old);
        }
    }

    private static void refuse(TestAuthority test, KeyPair key) throws Exception {
        CertificateRequest again = TestRequests.seal(TestRequests.newId(), key);
        assertThatThrownBy(() -> test.authority().issue(again)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_REQUEST);
            assertThat(problem.detail()).contains("keyCompromise");
        });
    }

    private static void refuse(byte[] pkcs10, String reason) throws Exception {
        CertificateRequest request = TestRequests.withKey(TestRequests.any(), pkcs10);
        assertThatThrownBy(() -> RequestRules.check(request)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_REQUEST);
            assertThat(problem.detail()).contains(reason);
        });
    }

    /** As those chips made them: k times the product of the first primes, and a power of 65537 modulo that product. */
    private BigInteger roca() {
        BigInteger product = BigInteger.ONE;
        for (BigInteger prime = BigInteger.TWO; prime.intValue() <= 701; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        while (true) {
            BigInteger rest = E.modPow(new BigInteger(64, random), product);
            BigInteger top = BigInteger.ONE.shiftLeft(HALF).subtract(BigInteger.ONE);
            BigInteger k = top.divide(product).subtract(new BigInteger(40, random));
            BigInteger candidate = k.multiply(product).add(rest);
            if (candidate.isProbablePrime(50)) {
                return candidate;
            }
        }
    }

    private BigInteger prime() {
        BigInteger prime;
        do {
            prime = new BigInteger(HALF, 50, random);
        } while (!prime.testBit(HALF - 2));
        return prime;
    }

    private static KeyPair pair(BigInteger p, BigInteger q) throws Exception {
        BigInteger modulus = p.multiply(q);
        BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
        KeyFactory factory = KeyFactory.getInstance("RSA");
        return new KeyPair(factory.generatePublic(new RSAPublicKeySpec(modulus, E)), factory.generatePrivate(new RSAPrivateKeySpec(modulus, E.modInverse(phi))));
    }
}
