package antin.ca.request;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** RSA keys that are long enough and yet broken, since whatever made them was (CA/Browser Forum Baseline Requirements, 6.1.1.3). */
final class KnownBadKeys {

    /** What a good generator never comes near: its primes differ in their first hundred bits (FIPS 186-5, A.1.3). */
    private static final int FERMAT_ROUNDS = 100;
    private static final BigInteger GENERATOR = BigInteger.valueOf(65_537);
    private static final int LARGEST_PRIME = 167;
    private static final int SMALL_FACTORS_BELOW = 752;

    /** For each small prime, what remains of the primes that CVE-2017-15361's generator makes: the powers of 65537. Products of these are among them. */
    private static final Map<Integer, BitSet> REMAINDERS = IntStream.rangeClosed(3, LARGEST_PRIME).filter(number -> BigInteger.valueOf(number).isProbablePrime(30))
        .boxed().collect(Collectors.toUnmodifiableMap(prime -> prime, KnownBadKeys::powers));

    private static final int SIEVE = 64 * 9 * 5 * 7 * 11;
    /** What remains of squares. */
    private static final BitSet SQUARES = IntStream.range(0, SIEVE).collect(BitSet::new, (squares, root) -> squares.set((int) ((long) root * root % SIEVE)), BitSet::or);

    private KnownBadKeys() {
    }

    /** Why the key is refused. */
    static Optional<String> fault(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        List<Fault> faults = List.of(
            new Fault(hasSmallFactor(modulus), "its modulus has a small factor (NIST SP 800-89, 5.3.3)"),
            new Fault(isByInfineon(modulus), "it was made by a chip with a broken generator (ROCA, CVE-2017-15361)"),
            new Fault(hasClosePrimes(modulus), "its two primes lie close together (FIPS 186-5, A.1.3; CVE-2022-26320)"));
        return faults.stream().filter(Fault::found).map(Fault::reason).findFirst();
    }

    private record Fault(boolean found, String reason) {
    }

    private static boolean hasSmallFactor(BigInteger modulus) {
        return IntStream.range(2, SMALL_FACTORS_BELOW).anyMatch(factor -> modulus.mod(BigInteger.valueOf(factor)).signum() == 0);
    }

    /** Nemec and others, The Return of Coppersmith's Attack (ACM CCS 2017), 3.3: a good key looks so once in a hundred million. */
    private static boolean isByInfineon(BigInteger modulus) {
        return REMAINDERS.entrySet().stream().allMatch(prime -> prime.getValue().get(modulus.mod(BigInteger.valueOf(prime.getKey())).intValue()));
    }

    /** Fermat's factorisation: n = a^2 - b^2, with a just above the root of n where the primes are close. */
    private static boolean hasClosePrimes(BigInteger modulus) {
        BigInteger[] root = modulus.sqrtAndRemainder();
        BigInteger a = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            if (isSquare(a.multiply(a).subtract(modulus))) {
                return true;
            }
            a = a.add(BigInteger.ONE);
        }
        return false;
    }

    /** Most numbers are told apart from squares by what remains of them, before a root is drawn. */
    private static boolean isSquare(BigInteger number) {
        int rest = number.mod(BigInteger.valueOf(SIEVE)).intValue();
        return SQUARES.get(rest) && number.sqrtAndRemainder()[1].signum() == 0;
    }

    private static BitSet powers(int prime) {
        BitSet powers = new BitSet(prime);
        for (int power = 1; !powers.get(power); power = power * GENERATOR.mod(BigInteger.valueOf(prime)).intValue() % prime) {
            powers.set(power);
        }
        return powers;
    }
}
