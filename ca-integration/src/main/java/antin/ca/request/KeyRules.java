package antin.ca.request;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** The key of a PKCS#10 (RFC 2986): strong, well-formed, and in the hands of who asks. */
final class KeyRules {

    private static final int LARGEST = 8 * 1024;
    private static final int RSA_BITS = 3072;
    /** Beyond this a signature costs more than a check is worth. */
    private static final int MOST_RSA_BITS = 8192;
    private static final Set<ASN1ObjectIdentifier> CURVES = Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);
    /** Everything older hashes with SHA-1 or worse. */
    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(PKCSObjectIdentifiers.id_RSASSA_PSS,
        PKCSObjectIdentifiers.sha256WithRSAEncryption, PKCSObjectIdentifiers.sha384WithRSAEncryption, PKCSObjectIdentifiers.sha512WithRSAEncryption,
        X9ObjectIdentifiers.ecdsa_with_SHA256, X9ObjectIdentifiers.ecdsa_with_SHA384, X9ObjectIdentifiers.ecdsa_with_SHA512);
    private static final Set<ASN1ObjectIdentifier> PSS_DIGESTS = Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384,
        NISTObjectIdentifiers.id_sha512);

    private static final Set<ASN1ObjectIdentifier> PLAIN_RSA = Set.of(PKCSObjectIdentifiers.sha256WithRSAEncryption,
        PKCSObjectIdentifiers.sha384WithRSAEncryption, PKCSObjectIdentifiers.sha512WithRSAEncryption);
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private KeyRules() {
    }

    static PublicKey provenKey(byte[] pkcs10) {
        if (pkcs10.length > LARGEST) {
            throw RequestRules.malformed("The PKCS#10 is larger than " + LARGEST + " bytes.");
        }
        try {
            PKCS10CertificationRequest unproven = new PKCS10CertificationRequest(pkcs10);
            if (!Arrays.equals(unproven.toASN1Structure().getEncoded(ASN1Encoding.DER), pkcs10)) {
                throw RequestRules.malformed("The PKCS#10 is not in DER."); // X.690, 10: one request, one form
            }
            PublicKey key = strongKey(unproven.getSubjectPublicKeyInfo());
            if (!isModern(unproven.getSignatureAlgorithm()) || !unproven.isSignatureValid(verifier(unproven.getSignatureAlgorithm()).build(key))) {
                throw RequestRules.malformed("The PKCS#10 is not signed by its key, with SHA-256 or longer.");
            }
            return key;
        } catch (Problem e) {
            throw e;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException | RuntimeException e) {
            // whatever a parser throws at what a stranger wrote, the stranger is to blame
            throw new Problem(Kind.MALFORMED_REQUEST, "The PKCS#10 cannot be read.", e);
        }
    }

    /**
     * By Bouncy Castle: on P-256 it takes a third of the JDK's time, and it knows PSS by the names in a request. Plain RSA is the
     * JDK's, since Bouncy Castle looks for factors of each new modulus, which costs more than the rest together.
     */
    private static JcaContentVerifierProviderBuilder verifier(AlgorithmIdentifier algorithm) {
        JcaContentVerifierProviderBuilder builder = new JcaContentVerifierProviderBuilder();
        return PLAIN_RSA.contains(algorithm.getAlgorithm()) ? builder : builder.setProvider(PROVIDER);
    }

    private static boolean isModern(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return SIGNATURES.contains(algorithm.getAlgorithm());
        }
        return PSS_DIGESTS.contains(RSASSAPSSparams.getInstance(algorithm.getParameters()).getHashAlgorithm().getAlgorithm());
    }

    private static PublicKey strongKey(SubjectPublicKeyInfo info) throws IOException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = info.getAlgorithm();
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
            && KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info.getEncoded())) instanceof RSAPublicKey key) {
            return strongKey(key);
        }
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
            && CURVES.contains(curve)
            && KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info.getEncoded())) instanceof ECPublicKey key && isOnCurve(key)) {
            return key;
        }
        throw RequestRules.malformed("The key must be RSA of " + RSA_BITS + " to " + MOST_RSA_BITS + " bits with the exponent 65537, or EC on P-256 or P-384.");
    }

    private static RSAPublicKey strongKey(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < RSA_BITS || bits > MOST_RSA_BITS) {
            throw RequestRules.malformed("The RSA key has " + bits + " bits; it must have " + RSA_BITS + " to " + MOST_RSA_BITS + ".");
        }
        if (!key.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)) {
            throw RequestRules.malformed("The RSA key must have the public exponent 65537: small ones break where padding does (FIPS 186-5, A.1.1).");
        }
        KnownBadKeys.fault(key).ifPresent(reason -> {
            throw RequestRules.malformed("The key is known to be weak: " + reason + ". Make a new one with other software or another device.");
        });
        return key;
    }

    /** SP 800-56A, 5.6.2.3.3: both curves have the cofactor 1, so a point on the curve is one of the group. */
    private static boolean isOnCurve(ECPublicKey key) {
        ECPoint point = key.getW();
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        boolean inField = x.signum() >= 0 && x.compareTo(p) < 0 && y.signum() >= 0 && y.compareTo(p) < 0;
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        return inField && y.multiply(y).mod(p).equals(right);
    }
}
