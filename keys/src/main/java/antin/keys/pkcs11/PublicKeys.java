package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** A public key from its attributes on the token: CKA_PUBLIC_KEY_INFO would be simpler, and many tokens leave it empty. */
final class PublicKeys {

    private static final int COORDINATE_BYTES = 32;
    private static final int POINT_BYTES = 1 + 2 * COORDINATE_BYTES;
    private static final byte UNCOMPRESSED = 4; // SEC 1, 2.3.3

    private PublicKeys() {
    }

    static PublicKey of(AttributeVector attributes) {
        try {
            return attributes.keyType() == PKCS11Constants.CKK_RSA
                ? KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(attributes.modulus(), attributes.publicExponent()))
                : p256(attributes.ecPoint());
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "A public key on the token cannot be read.", e);
        }
    }

    /** CKA_EC_POINT is an OCTET STRING around the point (PKCS#11 2.40, 2.3.3); some tokens leave the wrapping out. So the end counts. */
    private static PublicKey p256(byte[] attribute) throws GeneralSecurityException {
        int start = attribute.length - POINT_BYTES;
        if (start < 0 || attribute[start] != UNCOMPRESSED) {
            throw new Problem(Kind.MISCONFIGURED, "A key on the token is on another curve than P-256.");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(attribute, start + 1, start + 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(attribute, start + 1 + COORDINATE_BYTES, attribute.length));
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve.getParameterSpec(ECParameterSpec.class)));
    }
}
