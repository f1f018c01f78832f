package antin.signing.signature;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;

/** Keys that prove nothing whatever their length is. */
public final class WeakKey {

    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

    private WeakKey() {
    }

    /** RFC 8017, 3.1: an RSA exponent is odd and at least 3; with the exponent 1 a value is its own signature. */
    public static boolean is(PublicKey key) {
        return key instanceof RSAPublicKey rsa && (rsa.getPublicExponent().compareTo(LEAST_EXPONENT) < 0 || !rsa.getPublicExponent().testBit(0));
    }
}
