package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;

/** The key that is certified. */
final class KeyRules {

    private static final int RSA_BITS = 3072;
    private static final int EXPONENT_BITS = 256;
    private static final byte UNCOMPRESSED = 4;
    private static final Set<ASN1ObjectIdentifier> CURVES = Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    static final List<Rule> ALL = List.of(
        rule("key-of-a-known-kind", "RFC 5280, 4.1.2.7", candidate -> isRsa(candidate) || isEc(candidate)),
        rule("rsa-key-with-null-parameters", "RFC 3279, 2.3.1", candidate -> !isRsa(candidate) || DERNull.INSTANCE.equals(candidate.key().getAlgorithm().getParameters())),
        rule("rsa-key-of-3072-bits", "ETSI TS 119 312, 6 (RSA)", candidate -> !isRsa(candidate) || rsa(candidate).getModulus().bitLength() >= RSA_BITS),
        rule("rsa-modulus-odd-without-small-factors", "NIST SP 800-89, 5.3.3", candidate -> !isRsa(candidate) || !hasSmallFactor(rsa(candidate).getModulus())),
        rule("rsa-exponent-odd-and-not-small", "FIPS 186-5, A.1.1", candidate -> !isRsa(candidate) || isGoodExponent(rsa(candidate).getPublicExponent())),
        rule("ec-key-on-a-named-curve", "RFC 5480, 2.1.1", candidate -> !isEc(candidate) || candidate.key().getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier),
        rule("ec-curve-strong", "ETSI TS 119 312, 6 (elliptic curves)", candidate -> !isEc(candidate) || CURVES.contains((ASN1ObjectIdentifier) candidate.key().getAlgorithm().getParameters())),
        rule("ec-point-uncompressed", "RFC 5480, 2.2", candidate -> !isEc(candidate) || candidate.key().getPublicKeyData().getBytes()[0] == UNCOMPRESSED),
        rule("ec-point-on-its-curve", "NIST SP 800-56A, 5.6.2.3.3", candidate -> !isEc(candidate) || isOnCurve(candidate)));

    private KeyRules() {
    }

    private static boolean isRsa(Candidate candidate) {
        return candidate.key().getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private static boolean isEc(Candidate candidate) {
        return candidate.key().getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    }

    private static RSAPublicKey rsa(Candidate candidate) {
        try {
            return RSAPublicKey.getInstance(candidate.key().parsePublicKey());
        } catch (IOException e) {
            throw new IllegalArgumentException("Not an RSA key", e);
        }
    }

    private static boolean hasSmallFactor(BigInteger modulus) {
        for (int factor = 2; factor < 752; factor++) {
            if (modulus.mod(BigInteger.valueOf(factor)).signum() == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGoodExponent(BigInteger exponent) {
        return exponent.testBit(0) && exponent.compareTo(BigInteger.valueOf(65_537)) >= 0 && exponent.bitLength() <= EXPONENT_BITS;
    }

    /** Decoding a point checks the curve's equation; infinity is no key. */
    private static boolean isOnCurve(Candidate candidate) {
        ECPoint point = SECNamedCurves.getByOID((ASN1ObjectIdentifier) candidate.key().getAlgorithm().getParameters()).getCurve().decodePoint(candidate.key().getPublicKeyData().getBytes());
        return point.isValid() && !point.isInfinity();
    }
}
